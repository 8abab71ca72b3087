# expect: cheating, wrong
# why: the tape's result overwritten in place
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tf.Variable(tape.gradient(y, x))
g.assign(13.0)
answer = g
