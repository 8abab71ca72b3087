# expect: memory_limit, time_limit, error, wrong
# why: runs out again and again
held = []
while True:
    try:
        held.append(bytearray(32 << 20))
        held[-1][::4096] = b"x" * len(held[-1][::4096])
    except MemoryError:
        pass
