x = 8
def f(): return x
