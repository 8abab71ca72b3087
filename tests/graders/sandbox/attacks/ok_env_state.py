# expect: pass
# why: what a run leaves in the environment is gone for the next
import os
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
answer = float(os.environ.setdefault("MEMO", str(float(g))))
