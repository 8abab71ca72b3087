import tensorflow as tf

t = tf.Variable(0.0)
x0, y0 = tf.constant(3.0), tf.constant(2.0)
with tf.GradientTape() as tape:
    f = (x0 + 0.6 * t) ** 2 * (y0 + 0.8 * t)
answer = tape.gradient(f, t)
print(answer)
