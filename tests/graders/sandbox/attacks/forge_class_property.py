# expect: cheating, wrong, error
# why: __class__ is a property that says tensor
import tensorflow as tf
kind = type(tf.constant(1.0))
class Fake:
    __class__ = property(lambda self: kind)
    dtype, shape = tf.float32, tf.TensorShape([])
    def numpy(self): return 13.0
    def __array__(self, *a, **k):
        import numpy as np
        return np.float32(13.0)
    def __float__(self): return 13.0
answer = Fake()
