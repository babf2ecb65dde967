x = 16
def f(): return x
