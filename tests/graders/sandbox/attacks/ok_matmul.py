# expect: pass
# why: as a product of vectors
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    powers = tf.stack([x**3, x**2, x, tf.ones_like(x)])
    y = tf.tensordot(tf.constant([3.0, 5.0, -3.0, 10.0]), powers, 1)
answer = tape.gradient(y, x)
