answer = "Add"
