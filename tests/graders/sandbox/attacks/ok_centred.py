# expect: pass
# why: the polynomial about its point, coefficients worked out with the tape's own numbers
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    h = x + 2.0
    y = 12.0 + 13.0 * h - 13.0 * h**2 + 3.0 * h**3
answer = tape.gradient(y, x)
