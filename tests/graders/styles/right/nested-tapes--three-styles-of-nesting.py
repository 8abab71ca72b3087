import tensorflow as tf

x = tf.constant(1.0)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = x * x * x
    dy = inner.gradient(y, x)
d2y = outer.gradient(dy, x)
print("first:", float(dy), "second:", float(d2y))
