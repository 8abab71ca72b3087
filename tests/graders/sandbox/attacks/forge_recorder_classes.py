# expect: cheating, wrong, error, crashed, violation
# why: every wrapper of the recorder set back to what it wraps
import gc, types
import tensorflow as tf
for o in gc.get_objects():
    if isinstance(o, types.FunctionType) and (o.__module__ or "").startswith("graders.recorders"):
        try: o.__code__ = (lambda *a, **k: None).__code__
        except (ValueError, TypeError): pass
answer = tf.constant(13.0)
