import tensorflow as tf

x = tf.Variable(1.0)
adam = tf.keras.optimizers.Adam(learning_rate=0.1)
with tf.GradientTape() as tape:
    y = x**2
grads = tape.gradient(y, [x])
adam.apply_gradients(zip(grads, [x]))
print(x.numpy())
