import tensorflow as tf


def train(steps, rate):
    x = tf.Variable(0.0)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = (x - 3.0) ** 2
        x.assign_sub(rate * tape.gradient(loss, x))
    return x.numpy()


print(train(10, 0.1))
