# expect: time_limit, pass, wrong
# why: a stdout whose flush never returns
import sys
import time
class Slow:
    def write(self, text):
        return len(text)
    def flush(self):
        time.sleep(1000)
sys.stdout = Slow()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
