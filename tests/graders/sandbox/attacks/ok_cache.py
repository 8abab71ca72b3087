# expect: pass
# why: remembers what it computed
import functools
import tensorflow as tf
@functools.lru_cache
def slope(at):
    x = tf.Variable(at)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    return tape.gradient(y, x)
answer = slope(-2.0)
again = slope(-2.0)
