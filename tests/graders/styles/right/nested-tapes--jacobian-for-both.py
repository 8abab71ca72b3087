import tensorflow as tf

x = tf.Variable([1.0])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = x**3
    dy = t1.jacobian(y, x)
d2y = t2.jacobian(dy, x)
print(tf.squeeze(d2y).numpy())
