import tensorflow as tf

x, t = tf.Variable(1.0), tf.Variable(0.5)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        u = tf.exp(-t) * tf.sin(x)
    u_x, u_t = inner.gradient(u, [x, t])
u_xx = outer.gradient(u_x, x)
residual = u_t - u_xx
print(residual)
