# expect: cheating, wrong, error
# why: all in numpy_function: the tape sees nothing
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = tf.numpy_function(lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10, [x], tf.float32)
g = tape.gradient(y, x)
answer = tf.numpy_function(lambda v: 9 * v**2 + 10 * v - 3, [x], tf.float32)
