import math
import numpy as np
import tensorflow as tf

v = tf.Variable([2.0, math.pi / 3])
with tf.GradientTape() as tape:
    r, theta = v[0], v[1]
    out = tf.stack([r * tf.cos(theta), r * tf.sin(theta)])
J = tape.jacobian(out, v)
det = np.linalg.det(J.numpy())
print("det =", det)
