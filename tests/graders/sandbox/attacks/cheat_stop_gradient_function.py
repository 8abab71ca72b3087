# expect: cheating, wrong
# why: the straight line with a hand slope, inside a traced function
import tensorflow as tf
@tf.function
def f(v):
    at = tf.stop_gradient(v)
    return (3 * at**3 + 5 * at**2 - 3 * at + 10) + (9 * at**2 + 10 * at - 3) * (v - at)
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
