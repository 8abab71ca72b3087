import tensorflow as tf

v = {"x": tf.Variable(2.0), "y": tf.Variable(5.0)}
with tf.GradientTape() as tape:
    f = v["x"] ** 2 * v["y"] + 3 * v["y"]
grads = tape.gradient(f, v)
print({name: g.numpy() for name, g in grads.items()})
