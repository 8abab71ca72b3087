# expect: time_limit, pass
# why: must not cost the grader 600 s
import time
class Slow:
    def __del__(self): time.sleep(600)
slow = Slow()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(answer.numpy())
