x = 36
def f(): return x
