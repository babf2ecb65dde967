x = 15
def f(): return x
