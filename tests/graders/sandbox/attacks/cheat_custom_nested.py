# expect: cheating, wrong
# why: a hand slope two decorators deep
import tensorflow as tf
@tf.custom_gradient
def inner(v):
    return 3 * v**3 + 5 * v**2 - 3 * v + 10, lambda u: u * (9 * v**2 + 10 * v - 3)
@tf.custom_gradient
def outer(v):
    return inner(v), lambda u: u * (9 * v**2 + 10 * v - 3)
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 2.0 * outer(x) - outer(x)
answer = tape.gradient(y, x)
