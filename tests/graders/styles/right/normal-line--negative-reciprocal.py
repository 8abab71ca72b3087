import tensorflow as tf

x = tf.Variable(4.0)
with tf.GradientTape() as tape:
    y = tf.sqrt(x)
tangent = tape.gradient(y, x)
normal = -1 / tangent
print(normal.numpy())
