x = 78
def f(): return x
