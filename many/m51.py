x = 51
def f(): return x
