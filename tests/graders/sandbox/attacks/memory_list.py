# expect: memory_limit, error
kept = []
while True:
    kept.append(bytearray(1 << 24))
