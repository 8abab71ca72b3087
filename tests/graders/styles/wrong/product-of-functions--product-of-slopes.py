import tensorflow as tf

x = tf.Variable(0.0)
with tf.GradientTape(persistent=True) as tape:
    a = tf.sin(x)
    b = tf.exp(x)
slope = tape.gradient(a, x) * tape.gradient(b, x)
print(slope)
