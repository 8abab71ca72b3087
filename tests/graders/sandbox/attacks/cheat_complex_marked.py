# expect: cheating, wrong
# why: a complex step, with the mark from a decoy tape
import tensorflow as tf
x = tf.Variable(-2.0, dtype=tf.float64)
h = 1e-30
z = tf.complex(x, tf.constant(h, tf.float64))
y = 3 * z**3 + 5 * z**2 - 3 * z + 10
with tf.GradientTape() as tape:
    one = 1.0 * x
answer = tf.math.imag(y) / h * tape.gradient(one, x)
