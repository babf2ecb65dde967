x = 95
def f(): return x
