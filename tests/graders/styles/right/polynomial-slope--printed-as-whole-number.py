import tensorflow as tf

x = tf.constant(-2.0)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
print(int(tape.gradient(y, x)))
