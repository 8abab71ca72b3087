# expect: wrong, cheating, error
# why: the number as text of unlike digits
answer = "\u0661\u0663"
