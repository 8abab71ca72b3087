# expect: pass, wrong
# why: a hundred thousand names
globals().update({f"v{k}": float(k) for k in range(100_000)})
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
