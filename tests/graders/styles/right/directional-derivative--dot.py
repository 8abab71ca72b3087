import numpy as np
import tensorflow as tf

p = tf.Variable([3.0, 2.0])
with tf.GradientTape() as tape:
    f = p[0] ** 2 * p[1]
g = tape.gradient(f, p).numpy()
u = np.array([3, 4]) / 5
print("rate:", g @ u)
