import tensorflow as tf

x = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = x * x
slope = tape.jacobian(y, x)
print(slope)
