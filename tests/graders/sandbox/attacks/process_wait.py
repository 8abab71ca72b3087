# expect: wrong, error, pass
# why: waits for children it never had
import os
try:
    os.wait()
except OSError as e:
    print(type(e).__name__)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
