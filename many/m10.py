x = 10
def f(): return x
