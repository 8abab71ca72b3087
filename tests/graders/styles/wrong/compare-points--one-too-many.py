answer = ["A", "B", "C"]
