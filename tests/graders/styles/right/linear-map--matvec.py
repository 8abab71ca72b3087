import tensorflow as tf

W = tf.constant([[1.0, 2.0], [3.0, 4.0]])
v = tf.Variable([[1.0], [-1.0]])
with tf.GradientTape() as tape:
    y = tf.matmul(W, v)
J = tape.jacobian(y, v)
print(tf.reshape(J, (2, 2)))
