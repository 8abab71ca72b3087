# expect: wrong, cheating, error, crashed, violation
# why: says it is done and goes before anybody can ask further
import gc
import os
import tensorflow as tf
x = tf.Variable(-2.0)
for o in gc.get_objects():
    if getattr(o, "__name__", "") == "emit" and callable(o):
        try:
            o({"k": "end", "truncated": False, "replaced": True})
        except Exception as e:
            print(type(e).__name__)
os._exit(0)
