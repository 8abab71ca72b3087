import tensorflow as tf

x = tf.Variable(10, dtype=tf.float32)
with tf.GradientTape() as tape:
    y = tf.pow(3, 0.2 * x) + 5 * tf.pow(x, 2) - tf.math.log(x) + tf.math.tanh(x)
dy_dx = tape.gradient(y, x)
print("The slope of the curve at x = 10 is", dy_dx.numpy(), "so the function increases there.")
