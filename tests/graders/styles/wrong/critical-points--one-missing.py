import tensorflow as tf

x = tf.Variable(1.0)
with tf.GradientTape() as tape:
    y = x**3 - 3 * x
print(tape.gradient(y, x))
answer = [1.0]
