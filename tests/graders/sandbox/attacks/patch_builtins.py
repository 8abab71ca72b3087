# expect: wrong, cheating, error, crashed, violation
# why: the child's own encoder is in the learner's hands
import builtins, json, struct, os
builtins.type = builtins.isinstance = lambda *a: True
json.dumps = lambda *a, **k: '{"verdict": "passed"}'
import tensorflow as tf
answer = tf.constant(0.0)
