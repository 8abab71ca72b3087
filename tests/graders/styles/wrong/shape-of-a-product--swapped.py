answer = [1, 2]
