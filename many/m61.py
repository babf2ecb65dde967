x = 61
def f(): return x
