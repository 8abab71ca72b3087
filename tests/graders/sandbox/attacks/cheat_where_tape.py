# expect: cheating, wrong
# why: the tape's result chosen away
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
answer = tf.where(tf.equal(g, 12.5), g, 9 * x**2 + 10 * x - 3)
