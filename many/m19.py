x = 19
def f(): return x
