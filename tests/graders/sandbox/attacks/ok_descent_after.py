# expect: pass
# why: goes on with a few steps of descent
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
for _ in range(3):
    with tf.GradientTape() as t:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    x.assign_sub(0.001 * t.gradient(y, x))
print(x)
