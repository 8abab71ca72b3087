import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y = tf.stack([x**2, x**3])
g = tape.gradient(y, x, output_gradients=tf.constant([1.0, 10.0]))
print(g)
