# expect: cheating, wrong
# why: a hand-derived slope dressed as the tape's by tf.custom_gradient
import tensorflow as tf

@tf.custom_gradient
def f(v):
    return 3 * v**3 + 5 * v**2 - 3 * v + 10, lambda upstream: upstream * (9 * v**2 + 10 * v - 3)

x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
