import tensorflow as tf

x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3x**3 + 5x**2 - 3x + 10
answer = tape.gradient(y, x)
