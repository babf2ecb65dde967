x = 49
def f(): return x
