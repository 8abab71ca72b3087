# expect: cheating, wrong
# why: a tape over another function, corrected by a formula in x
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = x**2
answer = tape.gradient(y, x) * (9 * x**2 + 10 * x - 3) / (2 * x)
