# expect: pass
# why: a picture in its folder
import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
xs = np.linspace(-3, 3, 50)
plt.plot(xs, 3 * xs**3)
plt.title("f")
plt.savefig("plot.png")
plt.show()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
