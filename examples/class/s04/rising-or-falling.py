import numpy as np
import tensorflow as tf

x = tf.Variable(10.0)
with tf.GradientTape() as tape:
    y = 3 ** (0.2 * x) + 5 * x ** 2 - np.log(x) + np.tanh(x)

slope = tape.gradient(y, x)
if slope > 0:
    print("increasing")
else:
    print("decreasing")
