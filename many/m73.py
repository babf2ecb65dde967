x = 73
def f(): return x
