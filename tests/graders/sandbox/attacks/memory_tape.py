# expect: memory_limit, error, time_limit
# why: a tape that holds everything
import tensorflow as tf
x = tf.Variable(tf.ones([500, 500]))
with tf.GradientTape() as tape:
    y = x
    while True:
        y = tf.sin(y) + 1.0
