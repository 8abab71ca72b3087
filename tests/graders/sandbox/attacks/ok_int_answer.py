# expect: pass
# why: rounded for show
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = round(float(tape.gradient(y, x)), 4)
