import tensorflow as tf

x = tf.Variable(1.5)
with tf.GradientTape() as tape:
    y = x
    for _ in range(3):
        y = y * y
print(tape.gradient(y, x))
