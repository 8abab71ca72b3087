import tensorflow as tf

coefficients = [3.0, 5.0, -3.0, 10.0]
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = tf.zeros_like(x)
    for c in coefficients:
        y = y * x + c
result = {"value": y.numpy(), "slope": tape.gradient(y, x).numpy()}
print(result)
