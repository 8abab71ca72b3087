import tensorflow as tf

for value in (-1.0, 0.5, 2.0, 4.0):
    x = tf.Variable(value)
    with tf.GradientTape() as tape:
        y = x * tf.exp(-x)
    print(value, tape.gradient(y, x).numpy() > 0)
answer = ["A", "B"]
