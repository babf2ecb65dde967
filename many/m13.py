x = 13
def f(): return x
