# expect: wrong, error, crashed, pass
# why: an answer nested a million deep
answer = []
for _ in range(1_000_000):
    answer = [answer]
