# expect: time_limit
# why: an iterator that never ends, consumed in C
sum(1 for _ in iter(int, 1))
