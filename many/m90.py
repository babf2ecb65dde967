x = 90
def f(): return x
