# expect: pass, wrong, error
# why: an object that fails while it dies
class Dies:
    def __del__(self):
        raise SystemExit(0)
keep = Dies()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
