x = 64
def f(): return x
