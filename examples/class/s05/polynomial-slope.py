import tensorflow as tf

x = tf.constant(-2.0)
with tf.GradientTape() as t:
    y = 3 * x ** 3 + 5 * x ** 2 - 3 * x + 10

dy = t.gradient(y, x)
print(dy.numpy())
