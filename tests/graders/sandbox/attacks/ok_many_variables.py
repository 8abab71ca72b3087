# expect: pass
# why: other variables of the same number
import tensorflow as tf
a = tf.Variable(-2.0)
b = tf.Variable(-2.0)
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(a + b)
