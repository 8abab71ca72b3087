import tensorflow as tf

x = tf.Variable(-2.0)
y = 3 * x**3 + 5 * x**2 - 3 * x + 10

with tf.GradientTape() as tape:
    slope = tape.gradient(y, x)

print(slope)
