x = 39
def f(): return x
