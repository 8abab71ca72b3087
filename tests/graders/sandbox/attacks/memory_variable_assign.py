# expect: memory_limit, error, time_limit
# why: a variable that is assigned ever larger values
import tensorflow as tf
v = tf.Variable(tf.ones([1]), shape=tf.TensorShape(None))
while True:
    v.assign(tf.concat([v, v], 0))
