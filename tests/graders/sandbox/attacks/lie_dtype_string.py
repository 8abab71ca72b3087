# expect: wrong, cheating, error
# why: a tensor of words
import tensorflow as tf
answer = tf.constant("13.0")
