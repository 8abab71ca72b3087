import tensorflow as tf

x = tf.Variable([-3.0, -2.0, -1.0])
with tf.GradientTape() as t:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = t.gradient(y, x)
answer = g[1]
print(answer)
