import tensorflow as tf

p = tf.Variable([1.0, 1.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        f = p[0] ** 3 + p[1] ** 3 - 3 * p[0] * p[1]
    g = inner.gradient(f, p)
H = outer.jacobian(g, p)
Hv = tf.linalg.matvec(H, [1.0, 2.0])
print(Hv.numpy())
