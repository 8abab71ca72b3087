# expect: pass
# why: a handler for Ctrl-C
import signal
import sys
signal.signal(signal.SIGINT, lambda *a: sys.exit(1))
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
