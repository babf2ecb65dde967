x = 55
def f(): return x
