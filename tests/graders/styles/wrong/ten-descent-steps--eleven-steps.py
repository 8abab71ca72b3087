import tensorflow as tf

x = tf.Variable(0.0)
seen = []
for step in range(11):
    with tf.GradientTape() as tape:
        loss = (x - 3.0) ** 2
    x.assign_sub(0.1 * tape.gradient(loss, x))
    seen.append(x.numpy())
print(x.numpy())
