# expect: memory_limit, time_limit
text = 'x' * (1 << 20)
while True:
    text += text
