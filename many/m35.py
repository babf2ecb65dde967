x = 35
def f(): return x
