# expect: pass
# why: a gradient of one's own that an inner tape works out
import tensorflow as tf

@tf.custom_gradient
def f(v):
    with tf.GradientTape() as own:
        own.watch(v)
        y = 3 * v**3 + 5 * v**2 - 3 * v + 10
    slope = own.gradient(y, v)
    return y, lambda upstream: upstream * slope

x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x + 0.0)
answer = tape.gradient(y, x)
