# expect: cheating, wrong
# why: two lines, each with a part of the hand slope
import tensorflow as tf
x = tf.Variable(-2.0)
a = tf.stop_gradient(x)
with tf.GradientTape(persistent=True) as tape:
    u = (9 * a**2) * x
    v = (10 * a - 3) * x
answer = tape.gradient(u, x) + tape.gradient(v, x)
