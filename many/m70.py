x = 70
def f(): return x
