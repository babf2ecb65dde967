x = 66
def f(): return x
