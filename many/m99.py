x = 99
def f(): return x
