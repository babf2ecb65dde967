x = 23
def f(): return x
