# expect: wrong, error, crashed, pass
# why: an answer that holds itself
answer = []
answer.append(answer)
d = {}
d["d"] = (d, answer)
