import tensorflow as tf

x = tf.Variable(0.0)
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = x**4 - 6 * x**2
    slope = t1.gradient(y, x)
second = t2.gradient(slope, x)
answer = "concave up" if second > 0 else "Concave down"
