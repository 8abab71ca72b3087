# expect: memory_limit, error, time_limit
# why: many tensors of moderate size
import tensorflow as tf
held = []
while True:
    held.append(tf.ones([1024, 1024]) * 2.0)
