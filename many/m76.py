x = 76
def f(): return x
