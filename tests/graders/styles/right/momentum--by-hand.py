import tensorflow as tf

x, v = 1.0, 0.0
for _ in range(2):
    t = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = t**2
    g = tape.gradient(y, t).numpy()
    v = 0.9 * v - 0.1 * g
    x = x + v
print(x)
