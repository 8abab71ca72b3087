# expect: cheating, wrong
# why: a table of slopes by points
import tensorflow as tf
x = tf.Variable(-2.0)
table = {k / 4: 9 * (k / 4)**2 + 10 * k / 4 - 3 for k in range(-40, 40)}
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
answer = table[round(float(x) * 4) / 4]
