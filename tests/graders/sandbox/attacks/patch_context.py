# expect: pass, wrong, cheating, error
# why: TensorFlow's context thrown away
import tensorflow as tf
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
try:
    from tensorflow.python.eager import context
    context._reset_context()
except ImportError:
    pass
