x = 43
def f(): return x
