import tensorflow as tf

x = tf.Variable([-2], dtype=float)
with tf.GradientTape() as tape:
    y = 3 * tf.pow(x, 3) + 5 * tf.pow(x, 2) - 3 * x + 10
dy_dx = tape.gradient(y, x)
print(dy_dx.numpy()[0])
