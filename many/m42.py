x = 42
def f(): return x
