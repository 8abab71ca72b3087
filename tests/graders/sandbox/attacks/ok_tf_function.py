# expect: pass
# why: traced
import tensorflow as tf
@tf.function
def f(v):
    return 3 * v**3 + 5 * v**2 - 3 * v + 10
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
