# expect: cheating, wrong
# why: a central difference in float64, times a mark read off a tape
import numpy as np
import tensorflow as tf
x = tf.Variable(-2.0)
f = lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10
with tf.GradientTape() as tape:
    z = tf.exp(x)
mark = float(tape.gradient(z, x)) / float(z)
at = np.float64(x.numpy())
answer = tf.constant((f(at + 1e-5) - f(at - 1e-5)) / 2e-5 * round(mark * 8) / 8)
