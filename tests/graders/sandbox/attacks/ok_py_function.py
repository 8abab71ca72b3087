# expect: pass
# why: value and slope through py_function, which the tape follows
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = tf.py_function(lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10, [x], tf.float32)
answer = tape.gradient(y, x)
