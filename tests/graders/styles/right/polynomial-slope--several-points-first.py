import tensorflow as tf


def slope_at(value):
    x = tf.Variable(float(value))
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    return tape.gradient(y, x).numpy()


for value in (0, 1, -1):
    print(value, slope_at(value))
answer = slope_at(-2)
