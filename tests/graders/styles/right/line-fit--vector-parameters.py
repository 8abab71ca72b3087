import numpy as np
import tensorflow as tf

xs = np.array([1, 2, 3], dtype=np.float32)
ys = 2 * xs
w, b = tf.Variable(0.0), tf.Variable(0.0)


def loss():
    return tf.reduce_mean(tf.square(w * xs + b - ys))


with tf.GradientTape() as tape:
    current = loss()
dw, db = tape.gradient(current, [w, b])
print("dw", dw.numpy(), "db", db.numpy())
