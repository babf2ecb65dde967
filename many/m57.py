x = 57
def f(): return x
