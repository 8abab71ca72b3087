# expect: cheating, wrong
# why: the hand slope is worked out before, nothing is computed while the tape is asked
import tensorflow as tf

@tf.custom_gradient
def f(v):
    slope = 9 * v**2 + 10 * v - 3
    return 3 * v**3 + 5 * v**2 - 3 * v + 10, lambda upstream: slope

x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
