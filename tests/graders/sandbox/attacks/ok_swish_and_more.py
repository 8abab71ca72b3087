# expect: pass
# why: library functions that have gradients of their own inside
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10 + 0.0 * tf.nn.silu(x)
answer = tape.gradient(y, x)
