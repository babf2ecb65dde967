x = 58
def f(): return x
