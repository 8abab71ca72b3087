# expect: pass
# why: a part of the function with a gradient of its own
import tensorflow as tf

@tf.custom_gradient
def cube(v):
    return v * v * v, lambda upstream: upstream * 3 * v * v

x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * cube(x) + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
