# expect: time_limit, memory_limit
# why: one arithmetic step that takes for ever
x = 7 ** (7 ** 9)
print(x % 10)
