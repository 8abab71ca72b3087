import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    total = 1 * x**2 + 10 * x**3
answer = tape.gradient(total, x)
