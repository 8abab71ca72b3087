import tensorflow as tf

a, b = tf.constant(7), tf.constant(2)
print((a // b).numpy(), (a / b).numpy())
