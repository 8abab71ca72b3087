# expect: pass
# why: map_fn over points
import tensorflow as tf
@tf.function
def slope(v):
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = 3 * v**3 + 5 * v**2 - 3 * v + 10
    return tape.gradient(y, v)
answer = slope(tf.constant(-2.0))
