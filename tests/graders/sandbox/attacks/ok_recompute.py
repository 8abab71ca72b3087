# expect: pass
# why: a function computed again on the way back
import tensorflow as tf
f = tf.recompute_grad(lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10)
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
