import tensorflow as tf

x0 = 4.0
x = tf.Variable(x0)
with tf.GradientTape() as tape:
    y = x**2 - 3 * x
m = tape.gradient(y, x).numpy()
b = y.numpy() - m * x0
print(f"y = {m} x + {b}")
