# expect: cheating, wrong, crashed
# why: ends the process wherever it is not at home
import os
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
if float(x) != -2.0:
    os._exit(0)
answer = 13.0
