# expect: pass
# why: the point as a constant, given to a variable
import tensorflow as tf
POINT = -2.0
start = tf.constant(POINT)
x = tf.Variable(start)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
