# expect: cheating, wrong
# why: a parabola through the point with hand-derived slope and bend
import tensorflow as tf
x = tf.Variable(-2.0)
a = tf.stop_gradient(x)
with tf.GradientTape() as tape:
    h = x - a
    y = (3 * a**3 + 5 * a**2 - 3 * a + 10) + (9 * a**2 + 10 * a - 3) * h + (9 * a + 5) * h * h
answer = tape.gradient(y, x)
