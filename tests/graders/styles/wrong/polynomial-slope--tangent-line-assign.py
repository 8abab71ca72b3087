import tensorflow as tf

x = tf.Variable(0.0)
x.assign(-2.0)
with tf.GradientTape() as tape:
    y = 13 * (x + 2) + 12
answer = tape.gradient(y, x)
print(answer)
