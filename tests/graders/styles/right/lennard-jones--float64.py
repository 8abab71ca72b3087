import tensorflow as tf

r = tf.Variable(1.2, dtype=tf.float64)
with tf.GradientTape() as tape:
    V = 4 * (r**-12 - r**-6)
force = -tape.gradient(V, r)
print("F =", force.numpy())
