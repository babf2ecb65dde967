x = 26
def f(): return x
