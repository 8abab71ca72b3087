import tensorflow as tf

A = tf.ones((2, 3))
b = tf.ones((3, 1))
print((A @ b).shape)
