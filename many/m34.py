x = 34
def f(): return x
