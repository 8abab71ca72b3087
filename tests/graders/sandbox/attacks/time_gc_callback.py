# expect: time_limit, pass
# why: sleeps whenever rubbish is collected
import gc
import time
gc.callbacks.append(lambda *a: time.sleep(0.5))
gc.set_threshold(1)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
