import tensorflow as tf

x, y = tf.Variable(2.0), tf.Variable(3.0)
with tf.GradientTape() as tape:
    out = tf.stack([x**2, x * y, y**2])
print(tape.jacobian(out, [x, y]))
