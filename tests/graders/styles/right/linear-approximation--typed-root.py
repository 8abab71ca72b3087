import tensorflow as tf

x = tf.Variable(4.0)
with tf.GradientTape() as tape:
    y = tf.sqrt(x)
answer = 2 + tape.gradient(y, x) * 0.1
print(answer)
