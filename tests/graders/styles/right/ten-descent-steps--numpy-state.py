import tensorflow as tf

value = tf.constant(0.0)
history = []
for i in range(10):
    with tf.GradientTape() as tape:
        tape.watch(value)
        loss = (value - 3) ** 2
    value = value - tf.multiply(0.1, tape.gradient(loss, value))
    history.append(value.numpy())
print("after", len(history), "steps:", history[-1])
