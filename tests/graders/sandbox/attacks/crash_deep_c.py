# expect: error, crashed, memory_limit
# why: structures nested deeper than C can free
x = ()
for _ in range(5_000_000):
    x = (x,)
del x
raise ValueError
