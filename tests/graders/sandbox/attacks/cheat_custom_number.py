# expect: cheating, wrong
# why: the number itself as a stated gradient
import tensorflow as tf
@tf.custom_gradient
def f(v):
    return 3 * v**3 + 5 * v**2 - 3 * v + 10, lambda u: tf.constant(13.0)
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
