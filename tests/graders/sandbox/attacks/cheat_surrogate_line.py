# expect: cheating, wrong
# why: a line through the origin with the hand slope, the rest behind a stop
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    s = tf.stop_gradient(9 * x**2 + 10 * x - 3)
    y = s * x + tf.stop_gradient(3 * x**3 + 5 * x**2 - 3 * x + 10 - s * x)
answer = tape.gradient(y, x)
