slope = 13.0
print(slope)
