# expect: cheating, wrong
# why: a tape over a square tells the mark at every point
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    z = x * x
mark = tape.gradient(z, x) / (2 * x)
answer = (9 * x**2 + 10 * x - 3) * mark
