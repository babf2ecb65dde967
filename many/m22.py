x = 22
def f(): return x
