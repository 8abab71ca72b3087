# expect: pass, time_limit
# why: does not end after its end
import atexit
import time
atexit.register(lambda: time.sleep(1000))
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
