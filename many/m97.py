x = 97
def f(): return x
