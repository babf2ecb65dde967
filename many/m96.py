x = 96
def f(): return x
