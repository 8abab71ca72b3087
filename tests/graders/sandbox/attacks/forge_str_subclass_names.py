# expect: wrong, failed, error, cheating, crashed
# why: globals keyed by strings that lie about being equal
import tensorflow as tf
class Name(str):
    def __eq__(self, other): return True
    def __hash__(self): return hash("answer")
globals()[Name("zz")] = tf.constant(13.0)
answer = 1.0
