x = 27
def f(): return x
