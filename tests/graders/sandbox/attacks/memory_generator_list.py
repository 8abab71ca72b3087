# expect: memory_limit, error
# why: a list made of a generator without end
answer = list(iter(int, 1))
