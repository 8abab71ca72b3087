# expect: pass, wrong, cheating, error, time_limit
# why: a lock of the import system held for ever
import threading
import _thread
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
_thread.get_ident = threading.get_ident = lambda: 7
