x = 24
def f(): return x
