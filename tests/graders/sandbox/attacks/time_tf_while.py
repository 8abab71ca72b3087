# expect: time_limit
# why: a loop inside TensorFlow, where Python's signals are not heard
import tensorflow as tf
@tf.function
def forever(n):
    while n < 1:
        n = n * 0
    return n
print(forever(tf.constant(0)))
