import math
import tensorflow as tf

r, theta = tf.Variable(2.0), tf.Variable(math.pi / 3)
with tf.GradientTape(persistent=True) as tape:
    x = r * tf.cos(theta)
    y = r * tf.sin(theta)
x_r, x_t = tape.gradient(x, [r, theta])
y_r, y_t = tape.gradient(y, [r, theta])
print("determinant:", (x_r * y_t - x_t * y_r).numpy())
