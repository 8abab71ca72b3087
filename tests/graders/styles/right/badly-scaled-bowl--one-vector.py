import tensorflow as tf

w = tf.Variable([1.0, 1.0])
for _ in range(2):
    with tf.GradientTape() as tape:
        f = w[0] ** 2 + 10 * w[1] ** 2
    w.assign(w - 0.05 * tape.gradient(f, w))
answer = w
