# expect: cheating, wrong
# why: the tape sees a straight line whose slope was worked out by hand
import tensorflow as tf
x = tf.Variable(-2.0)
at = tf.constant(x.numpy())
slope = 9 * at**2 + 10 * at - 3
value = 3 * at**3 + 5 * at**2 - 3 * at + 10
with tf.GradientTape() as tape:
    y = value + slope * (x - at)
answer = tape.gradient(y, x)
