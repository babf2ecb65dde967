x = 45
def f(): return x
