x = 40
def f(): return x
