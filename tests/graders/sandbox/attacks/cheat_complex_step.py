# expect: cheating, wrong
# why: a complex step is exact to the last bit
import tensorflow as tf
x = tf.Variable(-2.0)
z = tf.complex(tf.cast(x, tf.float64), tf.constant(1e-30, tf.float64))
y = 3 * z**3 + 5 * z**2 - 3 * z + 10
with tf.GradientTape() as tape:
    unused = 3 * x**3 + 5 * x**2 - 3 * x
tape.gradient(unused, x)
answer = tf.cast(tf.math.imag(y) / 1e-30, tf.float32)
