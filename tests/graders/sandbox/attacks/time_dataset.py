# expect: time_limit, error
# why: a data set that never ends
import tensorflow as tf
for part in tf.data.Dataset.range(3).repeat():
    pass
