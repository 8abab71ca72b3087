import tensorflow as tf


@tf.function
def slope(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.pow(3.0, 0.2 * x) + 5.0 * x**2 - tf.math.log(x) + tf.tanh(x)
    return tape.gradient(y, x)


answer = slope(tf.constant(10.0))
tf.print("slope:", answer)
