# expect: cheating, wrong
# why: a line through two values of the function
import tensorflow as tf
f = lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10
x = tf.Variable(-2.0, dtype=tf.float64)
a = tf.stop_gradient(x)
with tf.GradientTape() as tape:
    y = f(a) + (f(a + 1e-5) - f(a - 1e-5)) / 2e-5 * (x - a)
answer = tape.gradient(y, x)
