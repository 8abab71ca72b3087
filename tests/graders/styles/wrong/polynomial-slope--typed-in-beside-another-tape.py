import tensorflow as tf

x = tf.Variable(1.0)
with tf.GradientTape() as tape:
    y = x**2
tape.gradient(y, x)
slope = tf.constant(13.0)
print(slope)
