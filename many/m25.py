x = 25
def f(): return x
