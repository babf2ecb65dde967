x = 52
def f(): return x
