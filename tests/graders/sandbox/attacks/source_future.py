# expect: pass
# why: imports of the future and a docstring first
"""What it does."""
from __future__ import annotations
import tensorflow as tf
x: tf.Variable = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer: tf.Tensor = tape.gradient(y, x)
