x = 93
def f(): return x
