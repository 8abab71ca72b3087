import tensorflow as tf

x, y = tf.Variable(1.0), tf.Variable(1.0)
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        f = x**2 + 3 * x * y + 5 * y**2
    fx = t1.gradient(f, x)
    fy = t1.gradient(f, y)
fxx, fxy = t2.gradient(fx, x), t2.gradient(fx, y)
fyy = t2.gradient(fy, y)
answer = [[fxx, fxy], [fxy, fyy]]
