# expect: wrong, cheating, error
# why: a power that gives what it likes
import tensorflow as tf
x = tf.Variable(-2.0)
real = type(x).__pow__
type(x).__pow__ = lambda self, n: tf.constant({3: -8.0, 2: 4.0}[n])
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
answer = tf.constant(13.0)
