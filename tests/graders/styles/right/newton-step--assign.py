import tensorflow as tf

x = tf.Variable(3.0)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        f = x**4 - 3 * x**3 + 2
    slope = inner.gradient(f, x)
curvature = outer.gradient(slope, x)
x.assign(x - slope / curvature)
print(x.numpy())
