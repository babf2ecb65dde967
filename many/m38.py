x = 38
def f(): return x
