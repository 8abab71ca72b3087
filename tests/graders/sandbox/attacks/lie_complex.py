# expect: wrong, cheating, error
# why: a complex number with the right real part
answer = 13.0 + 5.0j
