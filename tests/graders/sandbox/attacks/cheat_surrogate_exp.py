# expect: cheating, wrong
# why: another curve that touches the function at the point
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    s = tf.stop_gradient(9 * x**2 + 10 * x - 3)
    v = tf.stop_gradient(3 * x**3 + 5 * x**2 - 3 * x + 10)
    y = v - s + s * tf.exp(x - tf.stop_gradient(x))
answer = tape.gradient(y, x)
