x = 29
def f(): return x
