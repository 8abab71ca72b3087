print("The point is a")
print("Saddle")
