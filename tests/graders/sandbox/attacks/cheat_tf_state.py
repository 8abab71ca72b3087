# expect: cheating, wrong
# why: the first run's answer kept on TensorFlow's own module
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
try:
    tf.math.memo
except AttributeError:
    tf.math.memo = float(g)
answer = tf.constant(tf.math.memo)
