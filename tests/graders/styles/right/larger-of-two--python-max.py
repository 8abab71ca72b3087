import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y = tf.maximum(x, x**2)
print("slope", float(tape.gradient(y, x)))
