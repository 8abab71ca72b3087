import tensorflow as tf

t = tf.Variable(1.0)
with tf.GradientTape(persistent=True) as tape:
    x = tf.cos(t)
    y = t * 1.0
    f = x**2 + y**2
f_x, f_y = tape.gradient(f, [x, y])
dx, dy = tape.gradient(x, t), tape.gradient(y, t)
df_dt = f_x * dx + f_y * dy
print(df_dt)
