# expect: crashed, violation, error, pass, wrong, cheating, time_limit
# why: signals to itself while it works
import os
import signal
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGUSR1, signal.SIGQUIT, signal.SIGBUS):
    os.kill(os.getpid(), number)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
