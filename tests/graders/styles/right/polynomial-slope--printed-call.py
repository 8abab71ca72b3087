import tensorflow as tf

x = tf.Variable([-2], dtype=float)
with tf.GradientTape() as t:
    y = 3 * tf.pow(x, 3) + 5 * tf.pow(x, 2) - 3 * x + 10
print(t.gradient(y, x))
print("that was the slope")
