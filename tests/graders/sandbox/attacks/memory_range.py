# expect: wrong, pass, error
# why: a range longer than any memory as the answer
answer = range(10**18)
