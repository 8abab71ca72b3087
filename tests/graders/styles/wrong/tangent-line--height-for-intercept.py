import tensorflow as tf

x = tf.Variable(4.0)
with tf.GradientTape() as tape:
    y = x**2 - 3 * x
m = tape.gradient(y, x)
answer = [m, y]
