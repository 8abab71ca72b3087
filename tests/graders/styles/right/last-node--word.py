answer = "multiply"
