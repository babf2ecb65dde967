x = 88
def f(): return x
