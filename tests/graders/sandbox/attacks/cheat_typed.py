# expect: wrong, cheating
import tensorflow as tf
answer = tf.constant(13.0)
