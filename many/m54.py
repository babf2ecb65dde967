x = 54
def f(): return x
