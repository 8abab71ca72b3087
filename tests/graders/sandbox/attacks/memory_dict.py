# expect: memory_limit, error
# why: a dictionary that grows
d = {}
k = 0
while True:
    d[k] = str(k) * 50
    k += 1
