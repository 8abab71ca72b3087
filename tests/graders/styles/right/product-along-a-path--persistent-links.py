import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
    u = 1 + x**2
    y = tf.math.log(u)
link1 = tape.gradient(y, u)
link2 = tape.gradient(u, x)
chain = link1 * link2
print(link1, link2, chain)
