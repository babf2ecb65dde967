x = 85
def f(): return x
