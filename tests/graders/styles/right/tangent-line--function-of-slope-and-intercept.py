import tensorflow as tf


def tangent(f, at):
    x = tf.Variable(float(at))
    with tf.GradientTape() as tape:
        y = f(x)
    slope = tape.gradient(y, x)
    return slope.numpy(), (y - slope * x).numpy()


m, b = tangent(lambda x: x**2 - 3 * x, 4)
print(f"y = {m:.1f} x + {b:.1f}")
