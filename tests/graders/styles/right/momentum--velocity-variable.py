import tensorflow as tf

x = tf.Variable(1.0)
velocity = tf.Variable(0.0)
for _ in range(2):
    with tf.GradientTape() as tape:
        y = x**2
    velocity.assign(0.9 * velocity - 0.1 * tape.gradient(y, x))
    x.assign_add(velocity)
answer = x.numpy()
