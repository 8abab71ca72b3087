# expect: pass
# why: compares with the choices
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
answer = min([-2, 13, 4, -6], key=lambda c: abs(c - float(g)))
