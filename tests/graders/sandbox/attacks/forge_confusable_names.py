# expect: wrong, failed, error
# why: letters that look like others: the name asked for is another
import tensorflow as tf
аnswer = tf.constant(13.0)
