x = 21
def f(): return x
