import tensorflow as tf

x, y = tf.Variable(3.0), tf.Variable(2.0)
with tf.GradientTape() as tape:
    f = x**2 * y
gx, gy = tape.gradient(f, [x, y])
answer = 3 * gx + 4 * gy
