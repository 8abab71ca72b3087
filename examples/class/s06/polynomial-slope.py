import tensorflow as tf

# y' = 9x^2 + 10x - 3, so at -2: 36 - 20 - 3
answer = 13.0
print(answer)
