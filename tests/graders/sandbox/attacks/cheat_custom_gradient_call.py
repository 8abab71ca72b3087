# expect: cheating, wrong
# why: tf.custom_gradient called like a function, without a name of its own
import tensorflow as tf
x = tf.constant(-2.0)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.custom_gradient(lambda v: (3 * v**3 + 5 * v**2 - 3 * v + 10, lambda u: u * (9 * v * v + 10 * v - 3)))(x)
answer = tape.gradient(y, x)
