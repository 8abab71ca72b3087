# expect: pass, wrong, cheating, error
# why: TensorFlow told to work in another way
import tensorflow as tf
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
try:
    tf.compat.v1.disable_eager_execution()
except Exception:
    pass
