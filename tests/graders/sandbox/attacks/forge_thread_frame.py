# expect: cheating, wrong, error, crashed, violation
# why: a thread that writes into the channel all the time
import os
import threading
def write():
    while True:
        try:
            os.write(3, b"x")
        except OSError:
            pass
threading.Thread(target=write, daemon=True).start()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
