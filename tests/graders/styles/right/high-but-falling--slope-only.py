import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y = x**3 - 6 * x**2 + 9 * x
print(tape.gradient(y, x))
