# expect: pass
# why: checks itself with a second variable
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
x2 = tf.Variable(-2.0, dtype=tf.float64)
with tf.GradientTape() as tape2:
    y2 = 3 * x2**3 + 5 * x2**2 - 3 * x2 + 10
check = tape2.gradient(y2, x2)
print(answer, check)
