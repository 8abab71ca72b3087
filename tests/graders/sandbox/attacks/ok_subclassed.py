# expect: pass
# why: a tape of one's own class that adds nothing
import tensorflow as tf
class Tape(tf.GradientTape):
    """Mine."""
x = tf.Variable(-2.0)
with Tape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
