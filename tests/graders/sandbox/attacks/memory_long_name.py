# expect: pass, wrong, error
# why: a name of a megabyte
globals()["n" * 1_000_000] = 1.0
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
