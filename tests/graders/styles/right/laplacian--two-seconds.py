import tensorflow as tf

x, y = tf.Variable(1.0), tf.Variable(2.0)
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape() as t1:
        f = x**2 * y + y**3
    fx, fy = t1.gradient(f, [x, y])
laplace = t2.gradient(fx, x) + t2.gradient(fy, y)
print(laplace)
