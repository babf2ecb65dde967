x = 7
def f(): return x
