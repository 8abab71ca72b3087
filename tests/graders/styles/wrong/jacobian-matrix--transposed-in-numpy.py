import tensorflow as tf

p = tf.Variable([2.0, 3.0])
with tf.GradientTape() as tape:
    out = tf.stack([p[0] ** 2, p[0] * p[1], p[1] ** 2])
J = tape.jacobian(out, p).numpy().T
print(J)
