x = 47
def f(): return x
