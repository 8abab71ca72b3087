import tensorflow as tf

p = tf.Variable([3.0, 4.0])
with tf.GradientTape() as tape:
    f = tf.reduce_sum(p**2)
g = tape.gradient(f, p)
answer = g / tf.norm(g)
