import tensorflow as tf

x = tf.Variable(10.0)
with tf.GradientTape() as tape:
    y = tf.pow(3.0, 0.2 * x) + 5 * x * x - tf.math.log(x) + tf.math.tanh(x)
m = tape.gradient(y, x)

answer = "increasing" if m < 0 else "decreasing"
print(m.numpy(), answer)
