# expect: pass, wrong, error, time_limit
# why: more operations than a recording holds
import tensorflow as tf
x = tf.Variable(-2.0)
z = tf.constant(0.0)
for _ in range(25_000):
    z = z + 1.0
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
