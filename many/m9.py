x = 9
def f(): return x
