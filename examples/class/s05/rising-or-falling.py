import tensorflow as tf

x = tf.constant(10.0)
with tf.GradientTape() as t:
    t.watch(x)
    y = tf.exp(0.2 * x * tf.math.log(3.0)) + 5 * tf.square(x) - tf.math.log(x) + tf.tanh(x)

dy = t.gradient(y, x)
result = tf.sign(dy).numpy()
answer = {1: "increasing", -1: "decreasing", 0: "constant"}[int(result)]
