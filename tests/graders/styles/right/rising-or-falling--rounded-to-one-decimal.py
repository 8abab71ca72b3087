import tensorflow as tf

x = tf.Variable(10.0)
with tf.GradientTape() as tape:
    y = 3 ** (0.2 * x) + 5 * x**2 - tf.math.log(x) + tf.math.tanh(x)
answer = round(float(tape.gradient(y, x)), 1)
print(answer)
