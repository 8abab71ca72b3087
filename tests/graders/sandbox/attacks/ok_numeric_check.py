# expect: pass
# why: checked against a difference
import tensorflow as tf
f = lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
h = 1e-3
approx = (f(x + h) - f(x - h)) / (2 * h)
print("difference", float(approx), "tape", float(answer))
assert abs(float(approx) - float(answer)) < 0.5
