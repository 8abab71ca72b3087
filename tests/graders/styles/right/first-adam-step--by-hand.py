import tensorflow as tf

x = tf.Variable(1.0)
m, v = 0.0, 0.0
with tf.GradientTape() as tape:
    y = x**2
g = tape.gradient(y, x)
m = 0.9 * m + 0.1 * g
v = 0.999 * v + 0.001 * g**2
m_hat, v_hat = m / (1 - 0.9), v / (1 - 0.999)
x.assign_sub(0.1 * m_hat / (tf.sqrt(v_hat) + 1e-7))
print(x.numpy())
