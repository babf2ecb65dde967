x = 32
def f(): return x
