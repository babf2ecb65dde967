x = 72
def f(): return x
