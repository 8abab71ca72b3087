answer = "A, B, C"
