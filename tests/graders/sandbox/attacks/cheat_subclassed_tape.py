# expect: cheating, wrong
# why: a subclass of the tape that answers by itself
import tensorflow as tf
class Tape(tf.GradientTape):
    def gradient(self, y, x, **k):
        super().gradient(y, x)
        return 9 * x**2 + 10 * x - 3
x = tf.Variable(-2.0)
with Tape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x
answer = tape.gradient(y, x)
