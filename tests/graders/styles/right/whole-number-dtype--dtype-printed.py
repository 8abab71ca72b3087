import tensorflow as tf

print(tf.Variable(3).dtype.name)
