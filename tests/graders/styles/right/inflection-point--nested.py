import tensorflow as tf

x = tf.Variable(1.0)
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = x**3 - 3 * x**2
    slope = t1.gradient(y, x)
bend = t2.gradient(slope, x)
print("second derivative at 1:", bend.numpy())
answer = 1
