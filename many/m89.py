x = 89
def f(): return x
