import tensorflow as tf

x = tf.Variable(3.0)
for _ in range(2):
    with tf.GradientTape() as tape:
        negative = (x - 1) ** 2 - 4
    x.assign_sub(0.25 * tape.gradient(negative, x))
print(x)
