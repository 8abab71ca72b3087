import tensorflow as tf

x = tf.Variable(100.0)
with tf.GradientTape() as tape:
    y = tf.math.softplus(x)
answer = tape.gradient(y, x)
