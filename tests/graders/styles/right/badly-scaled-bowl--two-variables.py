import tensorflow as tf

x, y = tf.Variable(1.0), tf.Variable(1.0)
for _ in range(2):
    with tf.GradientTape() as tape:
        f = x**2 + 10 * y**2
    for v, g in zip([x, y], tape.gradient(f, [x, y])):
        v.assign_sub(0.05 * g)
print(x.numpy(), y.numpy())
