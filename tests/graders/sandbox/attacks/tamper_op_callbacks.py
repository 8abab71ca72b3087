# expect: wrong, cheating, pass, error
# why: TensorFlow's own callbacks cleared
import tensorflow as tf
try:
    from tensorflow.python.framework import op_callbacks
    op_callbacks.clear_op_callbacks()
except ImportError:
    pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
