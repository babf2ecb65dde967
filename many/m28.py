x = 28
def f(): return x
