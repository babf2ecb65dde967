x = 79
def f(): return x
