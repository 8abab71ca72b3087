import tensorflow as tf

x = tf.Variable(1.0)
opt = tf.keras.optimizers.SGD(0.1, momentum=0.9)
for _ in range(2):
    with tf.GradientTape() as tape:
        y = x * x
    opt.apply_gradients(zip(tape.gradient(y, [x]), [x]))
answer = float(x)
