# expect: cheating, wrong, time_limit
# why: waits for ever wherever it is not at home
import time
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
if float(x) != -2.0:
    time.sleep(1000)
answer = 13.0
