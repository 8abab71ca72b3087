# expect: crashed, time_limit, error, pass, wrong, violation, cheating
# why: a signal that looks like a limit
import os
import signal
signal.raise_signal(signal.SIGXCPU)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
