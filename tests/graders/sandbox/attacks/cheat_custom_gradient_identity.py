# expect: cheating, wrong
# why: an identity whose gradient is the hand slope, around a stopped value
import tensorflow as tf
x = tf.Variable(-2.0)

@tf.custom_gradient
def carry(v):
    return 3 * v**3 + 5 * v**2 - 3 * v + 10 + 0 * v, lambda u: u * (9 * x.read_value() ** 2 + 10 * x.read_value() - 3)

with tf.GradientTape() as tape:
    y = 1.0 * carry(tf.identity(x)) + 0.0
answer = tape.gradient(y, x)
