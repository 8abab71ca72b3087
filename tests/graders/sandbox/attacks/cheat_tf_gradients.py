# expect: cheating, wrong, error
# why: tf.gradients in a traced function, no tape
import tensorflow as tf
x = tf.constant(-2.0)
@tf.function
def g(v):
    return tf.gradients(3 * v**3 + 5 * v**2 - 3 * v + 10, v)[0]
answer = g(x)
