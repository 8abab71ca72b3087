import tensorflow as tf

x = tf.Variable(-2.0, dtype=tf.float64)
with tf.GradientTape() as tape:
    t = x * 1.0
tape.gradient(t, x)
h = tf.constant(1e-20, tf.float64)
z = tf.complex(x, h)
y = 3 * z * z * z + 5 * z * z - 3 * z + 10
answer = tf.math.imag(y) / h
