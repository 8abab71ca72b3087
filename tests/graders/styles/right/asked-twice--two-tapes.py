import tensorflow as tf

x = tf.Variable(3.0)
with tf.GradientTape() as tape_z, tf.GradientTape() as tape_y:
    y = x**2
    z = y**2
dz_dx = tape_z.gradient(z, x)
dy_dx = tape_y.gradient(y, x)
answer = [dz_dx, dy_dx]
print(answer)
