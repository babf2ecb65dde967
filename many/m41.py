x = 41
def f(): return x
