import tensorflow as tf

k = 4.0
x = tf.Variable(0.5)
with tf.GradientTape() as tape:
    minus_u = -0.5 * k * x**2
F = tape.gradient(minus_u, x)
print(F.numpy())
