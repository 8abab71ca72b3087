# expect: cheating, wrong
# why: the decorator on a method
import tensorflow as tf
class F:
    @tf.custom_gradient
    def __call__(self, v):
        return 3 * v**3 + 5 * v**2 - 3 * v + 10, lambda u: u * (9 * v**2 + 10 * v - 3)
x = tf.Variable(-2.0)
f = F()
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
