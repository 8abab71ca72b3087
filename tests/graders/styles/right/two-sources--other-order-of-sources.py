import tensorflow as tf

x = tf.Variable(2.0)
y = tf.Variable(5.0)
with tf.GradientTape() as tape:
    z = x**2 * y + 3 * y
dz_dy, dz_dx = tape.gradient(z, [y, x])
print("dz/dx", dz_dx.numpy())
print("dz/dy", dz_dy.numpy())
answer = [dz_dx, dz_dy]
