x = 11
def f(): return x
