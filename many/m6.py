x = 6
def f(): return x
