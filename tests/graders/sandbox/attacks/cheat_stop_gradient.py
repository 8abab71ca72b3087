# expect: cheating, wrong
# why: right value, its slope by hand through stop_gradient
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    y = tf.stop_gradient(y) + tf.stop_gradient(9 * x**2 + 10 * x - 3) * (x - tf.stop_gradient(x))
answer = tape.gradient(y, x)
