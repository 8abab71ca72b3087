import tensorflow as tf

p = tf.Variable([1.0, 1.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        f = p[0] ** 2 + 3 * p[0] * p[1] + 5 * p[1] ** 2
    g = inner.gradient(f, p)
print(outer.jacobian(g, p))
