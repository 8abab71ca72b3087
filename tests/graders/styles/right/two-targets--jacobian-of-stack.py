import tensorflow as tf

p = tf.Variable([6.0, 2.0])
with tf.GradientTape() as tape:
    out = tf.stack([p[0] * p[1], p[0] / p[1]])
answer = tape.jacobian(out, p)
