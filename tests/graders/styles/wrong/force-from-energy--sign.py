import tensorflow as tf

x = tf.Variable(0.5)
with tf.GradientTape() as tape:
    U = 4 * x**2 / 2
answer = tape.gradient(U, x)
