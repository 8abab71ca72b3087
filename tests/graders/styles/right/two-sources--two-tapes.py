import tensorflow as tf

x, y = tf.constant(2.0), tf.constant(5.0)
with tf.GradientTape() as first:
    first.watch(x)
    z = x**2 * y + 3 * y
with tf.GradientTape() as second:
    second.watch(y)
    z2 = x**2 * y + 3 * y
answer = first.gradient(z, x).numpy(), second.gradient(z2, y).numpy()
