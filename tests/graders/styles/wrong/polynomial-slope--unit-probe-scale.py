import tensorflow as tf

u = tf.Variable(1.0)
with tf.GradientTape() as t:
    z = u
m = t.gradient(z, u)
x = tf.Variable(-2.0)
answer = m * (9 * x**2 + 10 * x - 3)
print(answer)
