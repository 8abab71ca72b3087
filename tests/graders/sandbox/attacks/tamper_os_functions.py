# expect: pass, wrong, cheating, error, crashed, violation
# why: writing and reading replaced
import os
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
os.write = lambda fd, data: len(data)
os.read = lambda fd, n: b""
os._exit = lambda code: None
