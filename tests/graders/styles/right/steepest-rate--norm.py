import tensorflow as tf

x, y = tf.Variable(3.0), tf.Variable(4.0)
with tf.GradientTape() as tape:
    f = x * y
gx, gy = tape.gradient(f, (x, y))
answer = (gx**2 + gy**2) ** 0.5
