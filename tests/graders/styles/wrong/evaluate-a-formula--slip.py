import tensorflow as tf

x = tf.constant(2.0)
print(3 * x**2 + 4 * x + 1)
