# expect: pass
# why: made at nought, then set to the point
import tensorflow as tf
x = tf.Variable(0.0)
x.assign(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
