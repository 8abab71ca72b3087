answer = ["cos", "sin"]
