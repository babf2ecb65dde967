x = 81
def f(): return x
