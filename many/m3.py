x = 3
def f(): return x
