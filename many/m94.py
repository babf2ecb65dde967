x = 94
def f(): return x
