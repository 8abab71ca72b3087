import tensorflow as tf

x = tf.constant(2.0)
y = 3 * x**2 - 4 * x + 1
print(y)
