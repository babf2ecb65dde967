x = 20
def f(): return x
