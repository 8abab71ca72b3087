import tensorflow as tf

# independent variable
x = tf.Variable([-2], dtype=float)

# record the function on the tape
with tf.GradientTape() as tape:
 y = 3 * tf.pow(x, 3) + 5 * tf.pow(x, 2) - 3 * x + 10

# slope at the point
dy_dx = tape.gradient(y, x)
print(dy_dx.numpy()[0])
