# expect: cheating, wrong
# why: the number typed in as the slope of a line
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 13 * x + 38
answer = tape.gradient(y, x)
