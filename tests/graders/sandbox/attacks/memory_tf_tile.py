# expect: memory_limit, error, time_limit
# why: a small tensor repeated until it is large
import tensorflow as tf
t = tf.ones([10, 1000])
while True:
    t = tf.tile(t, [2, 1])
