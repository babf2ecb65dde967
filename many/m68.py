x = 68
def f(): return x
