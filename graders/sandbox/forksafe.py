"""Is a fork of the warm zygote safe here? Tried at every start, because TensorFlow promises nothing.

What hangs in a child whose parent's thread pools are gone: anything spread over threads, and every graph function.
"""

from __future__ import annotations

SECONDS = 12

_TRIED = """
import tensorflow as tf

big = tf.random.uniform([256, 256])
tf.matmul(big, big), tf.reduce_sum(tf.sort(big)), tf.linalg.eigvalsh(big[:8, :8])
x = tf.Variable([1.0, 2.0])

@tf.function
def step(a):
    return tf.while_loop(lambda i, b: i < 3, lambda i, b: (i + 1, b * a), [0, a])[1]

with tf.GradientTape() as tape:
    y = step(x * x)
assert tape.gradient(y, x) is not None
assert int(sum(tf.data.Dataset.range(8).map(lambda i: i + 1, num_parallel_calls=2).prefetch(2))) == 36
"""


def attempt() -> None:
    """Do in a child what hangs when a fork is not safe; raises or hangs if it is not."""
    exec(compile(_TRIED, "<fork-safety>", "exec"), {"__name__": "forksafe"})
