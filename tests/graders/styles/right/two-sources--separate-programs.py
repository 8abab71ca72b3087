import tensorflow as tf

x = tf.Variable(2.0)
y = 5.0
with tf.GradientTape() as tape:
    z = x**2 * y + 3 * y
by_x = tape.gradient(z, x)

x = 2.0
y = tf.Variable(5.0)
with tf.GradientTape() as tape:
    z = x**2 * y + 3 * y
by_y = tape.gradient(z, y)
print(by_x.numpy(), by_y.numpy())
