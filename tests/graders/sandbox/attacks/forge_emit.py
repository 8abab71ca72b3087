# expect: wrong, cheating, violation, error, crashed
# why: the recorder's own channel, found and used
import sys
frame = sys._getframe()
while frame:
    for name, thing in list(frame.f_locals.items()):
        if name == "emit":
            thing({"k": "end", "truncated": False, "replaced": False}, b"")
    frame = frame.f_back
import tensorflow as tf
answer = tf.constant(0.0)
