import tensorflow as tf

x = tf.Variable(10.0, dtype=tf.float64)
with tf.GradientTape() as tape:
    y = 3 ** (0.2 * x) + 5 * x**2 - tf.math.log(x) + tf.tanh(x)
slope = round(float(tape.gradient(y, x)), 4)
answer = ("increasing", slope)
