# expect: cheating, wrong, error
# why: value through py_function, the slope by hand
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = tf.py_function(lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10, [x], tf.float32)
tape.gradient(y, x)
answer = 9 * x.numpy() ** 2 + 10 * x.numpy() - 3
