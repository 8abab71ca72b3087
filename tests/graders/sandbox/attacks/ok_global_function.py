# expect: pass
# why: a global changed by a function
import tensorflow as tf
answer = None
def work():
    global answer
    x = tf.Variable(-2.0)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    answer = tape.gradient(y, x)
work()
