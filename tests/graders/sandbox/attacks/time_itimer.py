# expect: error, crashed, time_limit, wrong, cheating, pass
# why: an alarm that goes off a thousand times a second, into the recorder too
import signal
class Bang(BaseException):
    pass
def bang(*a):
    raise Bang
signal.signal(signal.SIGALRM, bang)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
answer = 13.0
