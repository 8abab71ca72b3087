import tensorflow as tf

x, y = tf.Variable(1.0), tf.Variable(2.0)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        f = x**2 * y**3
    fx = inner.gradient(f, x)
answer = outer.gradient(fx, y)
