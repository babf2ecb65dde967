x = 60
def f(): return x
