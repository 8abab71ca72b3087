import tensorflow as tf

x = tf.constant(-2.0, dtype=tf.float64)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
slope = tape.gradient(y, x)
assert abs(float(slope) - 13.0) < 1e-6
answer = float(slope)
