import tensorflow as tf

x = tf.Variable(-2.0)
slope = 9 * x**2 + 10 * x - 3
print(slope)
