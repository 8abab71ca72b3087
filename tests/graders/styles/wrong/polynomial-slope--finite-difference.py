import tensorflow as tf

f = lambda x: 3 * x**3 + 5 * x**2 - 3 * x + 10
x = tf.Variable(-2.0, dtype=tf.float64)
h = 1e-6
answer = (f(x + h) - f(x - h)) / (2 * h)
