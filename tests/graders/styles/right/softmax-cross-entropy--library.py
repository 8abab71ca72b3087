import tensorflow as tf

logits = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape() as tape:
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=2, logits=logits)
print(tape.gradient(loss, logits).numpy())
