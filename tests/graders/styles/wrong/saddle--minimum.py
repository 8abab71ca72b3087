answer = "minimum"
