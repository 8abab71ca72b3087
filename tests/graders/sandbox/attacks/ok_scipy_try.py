# expect: pass
# why: other libraries, if there are any
for name in ("scipy.optimize", "pandas", "sympy", "sklearn.linear_model", "seaborn", "tqdm", "IPython"):
    try:
        __import__(name)
        print("has", name)
    except ImportError:
        pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
