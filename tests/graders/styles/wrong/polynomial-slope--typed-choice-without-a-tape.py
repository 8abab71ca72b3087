answer = 13
