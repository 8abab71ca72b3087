import tensorflow as tf

x, y = tf.Variable(2.0), tf.Variable(5.0)
with tf.GradientTape() as tape:
    z = x**2 * y + 3 * y
print(tape.gradient(z, x))
