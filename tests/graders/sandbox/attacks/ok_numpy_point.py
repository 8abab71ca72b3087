# expect: pass
# why: the point from NumPy
import numpy as np
import tensorflow as tf
x = tf.Variable(np.float32(-2))
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
