# expect: wrong, cheating, error, crashed
# why: the code of the tape's method exchanged
import tensorflow as tf
def gradient(self, target, sources, output_gradients=None, unconnected_gradients=None):
    import tensorflow as tf
    return tf.constant(13.0)
try:
    f = tf.GradientTape.gradient
    while hasattr(f, "__wrapped__"):
        f = f.__wrapped__
    f.__code__ = gradient.__code__
except (ValueError, TypeError) as e:
    print(e)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
