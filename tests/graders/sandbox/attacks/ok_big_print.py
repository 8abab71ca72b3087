# expect: pass
# why: prints a lot, but not too much
for k in range(5000):
    print(k, "x" * 50)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
