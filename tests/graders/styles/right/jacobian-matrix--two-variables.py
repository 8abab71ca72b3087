import tensorflow as tf

x, y = tf.Variable(2.0), tf.Variable(3.0)
with tf.GradientTape() as tape:
    out = tf.stack([x**2, x * y, y**2])
jx, jy = tape.jacobian(out, [x, y])
answer = tf.stack([jx, jy], axis=1)
