# expect: cheating, wrong, error, crashed, violation
# why: a signal handler that writes into the channel later
import os
import signal
def write(*a):
    os.write(3, b"\0" * 64)
signal.signal(signal.SIGALRM, write)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
