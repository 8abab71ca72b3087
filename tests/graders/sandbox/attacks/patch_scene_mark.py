# expect: wrong, cheating, error
# why: the mark read and used on a formula
import gc
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = x * 1.0
g = tape.gradient(y, x)
answer = (9 * x**2 + 10 * x - 3) * g
