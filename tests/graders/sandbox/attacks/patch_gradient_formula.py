# expect: wrong, cheating, error
# why: the tape's method replaced by a formula
import tensorflow as tf
tf.GradientTape.gradient = lambda self, y, x, **k: tf.convert_to_tensor(9 * x**2 + 10 * x - 3)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
