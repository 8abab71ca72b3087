# expect: wrong, cheating, error
# why: a truth in the place of a number
answer = True
