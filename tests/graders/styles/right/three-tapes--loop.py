import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape() as a:
    with tf.GradientTape() as b:
        with tf.GradientTape() as c:
            y = x**4
        first = c.gradient(y, x)
    second = b.gradient(first, x)
third = a.gradient(second, x)
print(third.numpy())
