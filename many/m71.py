x = 71
def f(): return x
