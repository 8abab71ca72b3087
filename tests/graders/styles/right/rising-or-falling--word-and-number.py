import tensorflow as tf

x = tf.Variable(10.0)
with tf.GradientTape() as tape:
    y = tf.pow(3, 0.2 * x) + 5 * tf.square(x) - tf.math.log(x) + tf.math.tanh(x)
slope = tape.gradient(y, x)
answer = ["Increasing" if slope > 0 else "Decreasing", slope]
