# expect: pass
# why: pow and add as functions
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = tf.add_n([3 * tf.pow(x, 3), 5 * tf.square(x), tf.negative(3 * x), tf.constant(10.0)])
answer = tape.gradient(y, x)
