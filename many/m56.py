x = 56
def f(): return x
