# expect: cheating, wrong
# why: the tape's result times nought, and the number
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = 0.0 * tape.gradient(y, x) + 13.0
