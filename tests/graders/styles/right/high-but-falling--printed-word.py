import tensorflow as tf

x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y = x**3 - 6 * x**2 + 9 * x
slope = tape.gradient(y, x).numpy()
if slope > 0:
    print("The function is increasing")
elif slope < 0:
    print("The function is decreasing")
