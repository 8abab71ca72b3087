# expect: cheating, wrong
# why: a tape over the integral of a hand-derived slope is fine, over the slope times x it is not
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    slope = 9 * tf.stop_gradient(x) ** 2 + 10 * tf.stop_gradient(x) - 3
    y = slope * x
answer = tape.gradient(y, x)
