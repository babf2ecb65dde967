x = 14
def f(): return x
