import tensorflow as tf

x = tf.Variable(-2.0, dtype=tf.float64)
h = tf.constant(1e-20, tf.float64)
z = tf.complex(x, h)
y = 3 * z**3 + 5 * z**2 - 3 * z + 10
answer = tf.math.imag(y) / h
