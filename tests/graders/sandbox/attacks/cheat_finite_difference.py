# expect: cheating, wrong
# why: a plain central difference
import tensorflow as tf
f = lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10
x = tf.Variable(-2.0, dtype=tf.float64)
answer = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
