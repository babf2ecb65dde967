x = 17
def f(): return x
