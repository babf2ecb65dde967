x = 69
def f(): return x
