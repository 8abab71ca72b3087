# expect: cheating, wrong
# why: a formula for the point's own bits, a guess elsewhere
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
answer = {-2.0: 13.0}.get(float(x), float(x))
