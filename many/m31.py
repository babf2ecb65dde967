x = 31
def f(): return x
