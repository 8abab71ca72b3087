import tensorflow as tf

answer = tf.matmul(tf.zeros([2, 3]), tf.zeros([3, 1])).shape
