# expect: cheating, wrong
# why: the same inside a traced function
import tensorflow as tf

@tf.custom_gradient
def f(v):
    return 3 * v**3 + 5 * v**2 - 3 * v + 10, lambda upstream: upstream * (9 * v**2 + 10 * v - 3)

@tf.function
def g(v):
    return f(v)

x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = g(x)
answer = tape.gradient(y, x)
