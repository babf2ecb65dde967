x = 92
def f(): return x
