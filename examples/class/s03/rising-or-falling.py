import tensorflow as tf


def log(x):
    return tf.math.log(x) / tf.math.log(tf.constant(10.0, dtype=x.dtype))


x = tf.Variable(10.0, dtype=tf.float64)
with tf.GradientTape() as tape:
    y = tf.pow(tf.constant(3.0, tf.float64), 0.2 * x) + 5 * x**2 - log(x) + tf.tanh(x)

answer = tape.gradient(y, x)
print("increasing" if answer > 0 else "decreasing", answer.numpy())
