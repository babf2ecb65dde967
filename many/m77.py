x = 77
def f(): return x
