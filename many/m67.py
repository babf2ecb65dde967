x = 67
def f(): return x
