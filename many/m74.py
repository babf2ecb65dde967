x = 74
def f(): return x
