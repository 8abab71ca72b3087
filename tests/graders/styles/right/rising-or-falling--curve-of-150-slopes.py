import tensorflow as tf


def f(x):
    return 3 ** (0.2 * x) + 5 * x**2 - tf.math.log(x) + tf.math.tanh(x)


for i in range(1, 150):
    x = tf.Variable(i / 10)
    with tf.GradientTape() as tape:
        y = f(x)
    s = tape.gradient(y, x)
    if i == 100:
        print("at 10:", s.numpy())
        answer = "increasing" if s > 0 else "decreasing"
