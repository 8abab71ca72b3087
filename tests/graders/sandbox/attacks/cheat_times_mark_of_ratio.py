# expect: cheating, wrong
# why: mark told by a tape over a line with the function's value, formula beside
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = (3 * x**3 + 5 * x**2 - 3 * x + 10) * 0 + x
m = tape.gradient(y, x)
answer = m * (9 * x**2 + 10 * x - 3)
