x = 33
def f(): return x
