import tensorflow as tf

x, y = tf.Variable(1.0), tf.Variable(1.0)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        f = x**2 + 3 * x * y + 5 * y**2
    g = inner.gradient(f, [x, y])
print(outer.gradient(g, [x, y]))
