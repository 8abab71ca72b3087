import tensorflow as tf


def d(f):
    def slope(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        return tape.gradient(y, x)

    return slope


second = d(d(lambda x: x**3))(tf.constant(1.0))
print(second)
