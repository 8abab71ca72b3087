import tensorflow as tf

x0 = tf.Variable(0.0)
with tf.GradientTape() as tape:
    f = tf.square(x0 - 3)
x1 = x0 - 0.1 * tape.gradient(f, x0)
print(x1)
