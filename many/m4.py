x = 4
def f(): return x
