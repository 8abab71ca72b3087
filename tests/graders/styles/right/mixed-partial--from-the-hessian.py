import tensorflow as tf

p = tf.Variable([1.0, 2.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        f = p[0] ** 2 * p[1] ** 3
    g = inner.gradient(f, p)
hessian = outer.jacobian(g, p)
answer = hessian[0, 1]
