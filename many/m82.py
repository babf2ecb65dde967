x = 82
def f(): return x
