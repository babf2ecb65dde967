x = 30
def f(): return x
