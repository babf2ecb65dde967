x = 12
def f(): return x
