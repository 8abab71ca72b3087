import tensorflow as tf

x, y = tf.Variable(1.0), tf.Variable(2.0)
with tf.GradientTape() as tape:
    z = x**2 + y**2
a, b = tape.gradient(z, [x, y])
c = z - a * x - b * y
answer = tf.stack([a, b, c])
print(answer)
