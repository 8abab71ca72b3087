# expect: cheating, wrong, error, crashed
# why: the recorder's own listener taken off, records made up
import tensorflow as tf
try:
    from tensorflow.python.framework import op_callbacks
    from tensorflow.python.eager import context
    context.context()._thread_local_data.op_callbacks = []
except ImportError: pass
x = tf.Variable(-2.0)
answer = 9 * x**2 + 10 * x - 3
