x = 50
def f(): return x
