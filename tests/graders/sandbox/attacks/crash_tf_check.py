# expect: crashed, error, wrong, pass
# why: a check inside TensorFlow that ends the process
import tensorflow as tf
try:
    tf.raw_ops.Where(condition=tf.zeros([0] * 300))
except Exception as e:
    print(type(e).__name__)
answer = 0.0
