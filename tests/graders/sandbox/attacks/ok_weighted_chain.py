# expect: pass
# why: a chain with output_gradients all the way
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape(persistent=True) as t:
    u = x**2
    y = 3 * u * x + 5 * u - 3 * x + 10
answer = t.gradient(y, x)
with tf.GradientTape() as s:
    z = x**2
s.gradient(z, x, output_gradients=tf.constant(2.0))
