import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape() as tape1:
    u = 1 + x**2
du_dx = tape1.gradient(u, x)

u = tf.Variable(u.numpy())
with tf.GradientTape() as tape2:
    y = tf.math.log(u)
dy_du = tape2.gradient(y, u)
print(dy_du * du_dx)
