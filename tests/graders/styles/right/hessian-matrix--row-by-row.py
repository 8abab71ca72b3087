import tensorflow as tf

x, y = tf.Variable(1.0), tf.Variable(1.0)
with tf.GradientTape(persistent=True) as outer:
    with tf.GradientTape() as inner:
        f = x**2 + 3 * x * y + 5 * y**2
    fx, fy = inner.gradient(f, [x, y])
row1 = [d.numpy() for d in outer.gradient(fx, [x, y])]
row2 = [d.numpy() for d in outer.gradient(fy, [x, y])]
H = [row1, row2]
print(H)
