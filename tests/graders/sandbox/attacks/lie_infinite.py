# expect: wrong, cheating, error
# why: without end
import numpy as np
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
tape.gradient(y, x)
answer = np.array([np.inf])
