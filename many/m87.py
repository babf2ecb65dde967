x = 87
def f(): return x
