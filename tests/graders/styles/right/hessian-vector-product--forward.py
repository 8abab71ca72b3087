import tensorflow as tf

p = tf.Variable([1.0, 1.0])
with tf.autodiff.ForwardAccumulator(p, tf.constant([1.0, 2.0])) as acc:
    with tf.GradientTape() as tape:
        f = p[0] ** 3 + p[1] ** 3 - 3 * p[0] * p[1]
    g = tape.gradient(f, p)
answer = acc.jvp(g)
print(answer)
