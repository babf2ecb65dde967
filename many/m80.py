x = 80
def f(): return x
