# expect: cheating, wrong
# why: extrapolated differences
import tensorflow as tf
f = lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10
x = tf.Variable(-2.0)
d = lambda h: (f(float(x) + h) - f(float(x) - h)) / (2 * h)
with tf.GradientTape() as tape:
    y = f(x)
g = tape.gradient(y, x)
answer = g * 0 + (4 * d(0.01) - d(0.02)) / 3
