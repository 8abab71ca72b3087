import tensorflow as tf

x = tf.Variable(tf.ones([3]))
with tf.GradientTape() as tape:
    score = 2 * x[0] - 3 * x[1] + 0.5 * x[2]
answer = tf.sign(tape.gradient(score, x))
print(answer)
