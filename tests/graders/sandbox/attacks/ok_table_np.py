# expect: pass
# why: a table by numpy
import numpy as np
import tensorflow as tf
f = lambda x: 3 * x**3 + 5 * x**2 - 3 * x + 10
xs = np.linspace(-4, 4, 9).astype("float32")
x = tf.Variable(xs)
with tf.GradientTape() as tape:
    y = f(x)
g = tape.gradient(y, x).numpy()
answer = g[xs.tolist().index(-2.0)]
