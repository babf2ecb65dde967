x = 59
def f(): return x
