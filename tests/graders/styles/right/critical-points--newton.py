import tensorflow as tf

found = []
for start in (-2.0, 3.0):
    x = tf.Variable(start)
    for _ in range(30):
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = x**3 - 3 * x
            d = inner.gradient(y, x)
        d2 = outer.gradient(d, x)
        x.assign_sub(d / d2)
    found.append(float(x.numpy()))
answer = sorted(found, reverse=True)
print(answer)
