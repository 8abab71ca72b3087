# expect: cheating, wrong
# why: the point is put back before the formula is used
import tensorflow as tf
x = tf.Variable(-2.0)
x.assign(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
tape.gradient(y, x)
answer = tf.constant(13.0)
