# expect: wrong, cheating, error
# why: a tensor class changed so that all tensors are 13
import tensorflow as tf
x = tf.Variable(-2.0)
t = tf.constant(5.0)
try:
    type(t).numpy = lambda self: 13.0
    type(t).__array__ = lambda self, *a: 13.0
    type(t).__float__ = lambda self: 13.0
except TypeError:
    pass
answer = t
