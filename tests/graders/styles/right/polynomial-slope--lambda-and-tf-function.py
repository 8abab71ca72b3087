import tensorflow as tf

f = lambda x: 3 * x**3 + 5 * x**2 - 3 * x + 10


@tf.function
def derivative(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x)


print(derivative(tf.constant(-2.0)).numpy())
slope = derivative(tf.constant(-2.0))
