import tensorflow as tf

x = tf.Variable(1.0)
with tf.GradientTape() as tape:
    y = x**2
print(tape.gradient(y, x))
answer = 0.9
