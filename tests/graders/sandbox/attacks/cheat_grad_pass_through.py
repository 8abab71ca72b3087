# expect: cheating, wrong
# why: value of the function, gradient of a straight line
import tensorflow as tf
x = tf.Variable(-2.0)
at = x.read_value()
with tf.GradientTape() as tape:
    y = tf.grad_pass_through(lambda z: 3 * at**3 + 5 * at**2 - 3 * at + 10)((9 * at**2 + 10 * at - 3) * x)
answer = tape.gradient(y, x)
