import tensorflow as tf


def f(x):
    return 3 * x**3 + 5 * x**2 - 3 * x + 10


x = tf.Variable(-2.0, dtype=tf.float64)
with tf.GradientTape() as t:
    z = x * 1.0
m = t.gradient(z, x)
h = 1e-5
answer = (f(x + h) - f(x - h)) / (2 * h) * m
print(answer)
