# expect: pass
# why: on a named device
import tensorflow as tf
with tf.device("/CPU:0"):
    x = tf.Variable(-2.0)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    answer = tape.gradient(y, x)
