import tensorflow as tf

x, y = tf.Variable(3.0), tf.Variable(4.0)
with tf.GradientTape() as tape:
    f = x**2 + y**2
gx, gy = tape.gradient(f, [x, y])
length = tf.sqrt(gx**2 + gy**2)
ux, uy = -gx / length, -gy / length
print(ux.numpy(), uy.numpy())
