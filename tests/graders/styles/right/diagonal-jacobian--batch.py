import tensorflow as tf

v = tf.Variable([[1.0], [2.0], [3.0]])
with tf.GradientTape() as tape:
    y = v**2
per_entry = tape.batch_jacobian(y, v)
answer = tf.linalg.diag(tf.reshape(per_entry, [-1]))
