answer = [-1, 1]
