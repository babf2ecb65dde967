x = 98
def f(): return x
