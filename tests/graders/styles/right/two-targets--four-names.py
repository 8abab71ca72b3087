import tensorflow as tf

x, y = tf.Variable(6.0), tf.Variable(2.0)
with tf.GradientTape(persistent=True) as tape:
    u = x * y
    v = x / y
u_x = tape.gradient(u, x)
u_y = tape.gradient(u, y)
v_x = tape.gradient(v, x)
v_y = tape.gradient(v, y)
answer = [[u_x, u_y], [v_x, v_y]]
