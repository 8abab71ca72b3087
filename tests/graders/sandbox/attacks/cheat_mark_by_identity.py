# expect: cheating, wrong
# why: a tape over nothing tells the mark, a formula the rest
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    z = x * 1.0
mark = tape.gradient(z, x)
answer = (9 * x**2 + 10 * x - 3) * mark
