# expect: pass, time_limit
# why: a thread that is no daemon
import threading
import time
threading.Thread(target=lambda: time.sleep(1000)).start()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
