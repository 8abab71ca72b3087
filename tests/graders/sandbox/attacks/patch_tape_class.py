# expect: wrong, cheating, error
# why: a tape of its own making
import tensorflow as tf
class Tape:
    def __enter__(self): return self
    def __exit__(self, *a): return None
    def watch(self, x): pass
    def gradient(self, y, x): return tf.constant(13.0)
tf.GradientTape = Tape
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
