import tensorflow as tf

x = tf.Variable(4.0)
with tf.GradientTape() as tape:
    y = x * (x - 3)
slope = tape.gradient(y, x)
answer = [slope, 4 - slope * 4]
