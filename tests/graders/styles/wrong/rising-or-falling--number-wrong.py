import tensorflow as tf

x = tf.Variable(10.0)
with tf.GradientTape() as tape:
    y = 3 ** (0.2 * x) + 5 * x**2 - tf.math.log(x) / tf.math.log(10.0) + tf.tanh(x)
answer = ["increasing", tape.gradient(y, x)]
