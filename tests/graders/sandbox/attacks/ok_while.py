# expect: pass
# why: a loop that ends by itself
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = tf.constant(0.0)
    k = 0
    coefficients = [10.0, -3.0, 5.0, 3.0]
    while k < 4:
        y += coefficients[k] * x**k
        k += 1
answer = tape.gradient(y, x)
