x = 86
def f(): return x
