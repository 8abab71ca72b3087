# expect: memory_limit, time_limit
# why: TensorFlow's own allocator
import tensorflow as tf
kept = []
for _ in range(64):
    kept.append(tf.zeros([1 << 26]) + 1.0)
