x = 48
def f(): return x
