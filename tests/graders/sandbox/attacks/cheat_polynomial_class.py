# expect: cheating, wrong
# why: numpy's derivative of a polynomial
import numpy as np
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
tape.gradient(y, x)
answer = float(np.polyval(np.polyder([3, 5, -3, 10]), float(x)))
