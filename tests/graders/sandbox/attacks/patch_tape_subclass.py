# expect: wrong, cheating, error
# why: a tape that adds the missing part
import tensorflow as tf
class Tape(tf.GradientTape):
    def gradient(self, y, x, **k):
        return super().gradient(y, x, **k) * 0 + 13.0
with Tape() as tape:
    x = tf.Variable(-2.0)
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
