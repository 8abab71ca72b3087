# expect: pass, cheating, wrong, error, crashed, violation
# why: writes into the channel when the process ends
import atexit
import os
atexit.register(os.write, 3, b"\0" * 64)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
