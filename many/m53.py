x = 53
def f(): return x
