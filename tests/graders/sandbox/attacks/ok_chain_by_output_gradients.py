# expect: pass
# why: the chain rule by handing one tape's result to the other
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape(persistent=True) as tape:
    u = x**2
    y = 3 * x * tf.stop_gradient(0.0 * x) + 10 + 5 * u + 3 * u * x - 3 * x
answer = tape.gradient(y, x)
