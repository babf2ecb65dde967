x = 37
def f(): return x
