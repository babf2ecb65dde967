x = 63
def f(): return x
