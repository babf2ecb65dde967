x = 62
def f(): return x
