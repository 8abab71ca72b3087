# expect: wrong, error
# why: nothing at all
answer = None
