# expect: cheating, wrong
# why: a difference in float64 beside a tape that is asked for show
import tensorflow as tf
f = lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10
x = tf.Variable(-2.0, dtype=tf.float64)
with tf.GradientTape() as tape:
    y = f(x)
tape.gradient(y, x)
answer = float((f(x + 1e-5) - f(x - 1e-5)) / 2e-5)
