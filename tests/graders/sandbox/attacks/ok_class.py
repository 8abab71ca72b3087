# expect: pass
# why: a module of one's own
import tensorflow as tf
class Poly(tf.Module):
    def __init__(self):
        self.x = tf.Variable(-2.0)
    def __call__(self):
        return 3 * self.x**3 + 5 * self.x**2 - 3 * self.x + 10
p = Poly()
with tf.GradientTape() as tape:
    y = p()
answer = tape.gradient(y, p.trainable_variables)[0]
