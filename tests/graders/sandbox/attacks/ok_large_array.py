# expect: pass
# why: some hundred MB, then given back
import numpy as np
a = np.ones(20_000_000, "float32")
del a
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
