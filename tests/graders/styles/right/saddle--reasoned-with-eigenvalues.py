import numpy as np
import tensorflow as tf

p = tf.Variable([0.0, 0.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        f = p[0] ** 3 + p[1] ** 3 - 3 * p[0] * p[1]
    g = inner.gradient(f, p)
values = np.linalg.eigvalsh(outer.jacobian(g, p).numpy())
answer = "saddle" if values[0] < 0 < values[1] else "minimum"
