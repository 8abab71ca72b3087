# expect: pass
# why: the function in two parts, each with its tape
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as one:
    u = 3 * x**3 + 5 * x**2
with tf.GradientTape() as two:
    v = 3 * x - 10
answer = one.gradient(u, x) - two.gradient(v, x)
