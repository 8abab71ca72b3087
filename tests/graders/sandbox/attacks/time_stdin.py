# expect: error, wrong
# why: waits for somebody to type
answer = float(input("slope? "))
