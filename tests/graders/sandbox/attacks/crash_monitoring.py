# expect: pass, wrong, cheating, error, crashed
# why: all threads traced
import threading
def trace(*a):
    raise KeyboardInterrupt
threading.settrace(trace)
threading.setprofile(trace)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
