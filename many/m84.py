x = 84
def f(): return x
