# expect: pass
# why: draws the tangent
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
line = lambda v: float(y) + float(answer) * (v - float(x))
print([line(v) for v in range(-4, 0)])
