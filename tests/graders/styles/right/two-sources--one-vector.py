import tensorflow as tf

p = tf.Variable([2.0, 5.0])
with tf.GradientTape() as tape:
    x, y = tf.unstack(p)
    z = x**2 * y + 3 * y
print(tape.gradient(z, p).numpy().tolist())
