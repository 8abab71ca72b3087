print("three operations:")
print(3)
