import tensorflow as tf

x = tf.Variable(0.0)
for step in range(10):
    with tf.GradientTape() as tape:
        loss = (x - 3.0) ** 2
    tape.gradient(loss, x)
    x.assign_sub(0.1 * 2 * (x - 3.0))
answer = x.numpy()
