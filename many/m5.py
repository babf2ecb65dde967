x = 5
def f(): return x
