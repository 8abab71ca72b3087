import tensorflow as tf

x = tf.constant(1.0)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x**3
    dy = tape.gradient(y, x)
second = acc.jvp(dy)
print(second)
