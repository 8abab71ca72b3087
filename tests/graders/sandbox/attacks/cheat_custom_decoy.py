# expect: cheating, wrong
# why: a stated gradient, and an honest tape over another function beside it
import tensorflow as tf
@tf.custom_gradient
def f(v):
    return 3 * v**3 + 5 * v**2 - 3 * v + 10, lambda u: u * (9 * v**2 + 10 * v - 3)
x = tf.Variable(-2.0)
with tf.GradientTape() as other:
    z = x**2
other.gradient(z, x)
with tf.GradientTape() as tape:
    y = f(x) + 0.0 * x
answer = tape.gradient(y, x)
