import tensorflow as tf

t = tf.Variable(1, dtype=tf.float64)
g = 9.81
with tf.GradientTape() as tape:
    h = 20 * t - g / 2 * t**2
v = tape.gradient(h, t)
print(f"v = {v.numpy():.2f} m/s")
