import tensorflow as tf

V, I = tf.Variable(12.0), tf.Variable(2.0)
with tf.GradientTape() as tape:
    R = V / I
dV, dI = tape.gradient(R, [V, I])
error = tf.sqrt((dV * 0.1) ** 2 + (dI * 0.05) ** 2)
print(f"{error.numpy():.5f}")
