# expect: memory_limit, error
# why: one block
b = bytearray(3_000_000_000)
for k in range(0, len(b), 4096):
    b[k] = 1
