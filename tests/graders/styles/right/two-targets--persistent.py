import tensorflow as tf

x, y = tf.Variable(6.0), tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
    u = x * y
    v = x / y
du = tape.gradient(u, [x, y])
dv = tape.gradient(v, [x, y])
print([[float(g) for g in du], [float(g) for g in dv]])
