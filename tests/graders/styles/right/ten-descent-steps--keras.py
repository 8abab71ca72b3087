import tensorflow as tf

x = tf.Variable(0.0)
opt = tf.keras.optimizers.SGD(learning_rate=0.1)
for i in range(10):
    with tf.GradientTape() as tape:
        loss = (x - 3) ** 2
    opt.apply_gradients([(tape.gradient(loss, x), x)])
print(x.numpy())
