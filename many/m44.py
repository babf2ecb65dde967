x = 44
def f(): return x
