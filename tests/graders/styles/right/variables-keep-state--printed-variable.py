import tensorflow as tf

x = tf.Variable(1.0)
x.assign_add(2.0)
x.assign(x * 3)
print(x)
