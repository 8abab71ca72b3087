# expect: pass
# why: written with generators and comprehensions
import tensorflow as tf
coefficients = [10, -3, 5, 3]
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = sum(c * x**k for k, c in enumerate(coefficients))
answer = tape.gradient(y, x)
