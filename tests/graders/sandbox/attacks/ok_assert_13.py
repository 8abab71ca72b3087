# expect: pass
# why: is sure of its number
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
if g != 13.0:
    raise SystemExit("something is wrong")
answer = g
