import tensorflow as tf

x, y = tf.Variable(3.0), tf.Variable(1.0)
with tf.GradientTape() as tape:
    f = x**2
answer = tape.gradient(f, [x, y])
print(answer)
