# expect: cheating, wrong
# why: GradientTape replaced by a class of one's own
import tensorflow as tf
class GradientTape:
    def __init__(self, **k): pass
    def __enter__(self): return self
    def __exit__(self, *a): pass
    def watch(self, t): pass
    def gradient(self, y, x): return 9 * x**2 + 10 * x - 3
tf.GradientTape = GradientTape
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
