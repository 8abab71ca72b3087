# expect: cheating, wrong
# why: a polynomial fitted through values, derived by hand
import numpy as np
import tensorflow as tf
f = lambda v: 3 * v**3 + 5 * v**2 - 3 * v + 10
x = tf.Variable(-2.0)
xs = np.linspace(-5, 5, 30)
c = np.polyfit(xs, f(xs), 3)
with tf.GradientTape() as tape:
    y = f(x)
tape.gradient(y, x)
answer = np.polyval(np.polyder(c), float(x))
