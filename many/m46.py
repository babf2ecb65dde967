x = 46
def f(): return x
