import numpy as np
import tensorflow as tf

p = tf.Variable([3.0, 4.0])
with tf.GradientTape() as tape:
    f = tf.reduce_sum(p**2)
g = tape.gradient(f, p).numpy()
d = -g / np.linalg.norm(g)
print(d)
