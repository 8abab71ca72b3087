# expect: wrong, cheating, error, pass
# why: what becomes a tensor decided by the program
import tensorflow as tf
class Magic:
    pass
try:
    tf.register_tensor_conversion_function(Magic, lambda *a, **k: tf.constant(13.0))
    answer = tf.convert_to_tensor(Magic())
except Exception:
    answer = 13.0
