x = 75
def f(): return x
