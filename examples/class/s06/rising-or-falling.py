import math

import tensorflow as tf

x = tf.Variable(10.0)
with tf.GradientTape() as tape:
    y = x * 1.0
tape.gradient(y, x)

slope = math.log(3) * 0.2 * 3 ** (0.2 * 10) + 10 * 10 - 1 / 10 + 1 / math.cosh(10) ** 2
answer = slope
print("increasing", slope)
