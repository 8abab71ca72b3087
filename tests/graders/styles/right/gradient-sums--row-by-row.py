import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
    y1 = 2 * x
    y2 = 3 * x**2
J = [tape.gradient(y1, x).numpy(), tape.gradient(y2, x).numpy()]
print(J)
