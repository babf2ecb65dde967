x = 18
def f(): return x
