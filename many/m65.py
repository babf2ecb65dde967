x = 65
def f(): return x
