x = 83
def f(): return x
