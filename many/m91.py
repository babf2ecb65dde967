x = 91
def f(): return x
