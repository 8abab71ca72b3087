import tensorflow as tf

w = tf.Variable([0.5, -0.25])
x = tf.constant([1.0, 2.0])
with tf.GradientTape() as tape:
    z = tf.reduce_sum(w * x)
    loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=1.0, logits=z)
g = tape.gradient(loss, w)
print(g)
