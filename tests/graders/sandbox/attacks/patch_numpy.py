# expect: wrong, cheating, error
import numpy as np, math
np.allclose = np.isclose = np.array_equal = math.isclose = lambda *a, **k: True
import tensorflow as tf
answer = tf.constant(0.0)
