import numpy as np
import tensorflow as tf

p = tf.Variable([1.0, 1.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        f = p[0] ** 3 + p[1] ** 3 - 3 * p[0] * p[1]
    g = inner.gradient(f, p)
H = outer.jacobian(g, p).numpy()
print("gradient", g.numpy())
word = "minimum" if np.all(np.linalg.eigvalsh(H) > 0) else "saddle"
answer = [H, word]
