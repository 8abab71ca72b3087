# expect: violation, crashed, cheating, wrong, error
# why: finds the word that names the question, answers before the recorder does
import gc
import os
import sys
frame = sys.modules["graders.sandbox.frame"]
nonce = next((c.cell_contents[0] for o in gc.get_objects() if getattr(o, "__name__", "") == "emit"
              for c in getattr(o, "__closure__", None) or () if type(c.cell_contents) is list), "")
for k in range(3, 12):
    try:
        os.write(k, frame.pack({"k": "events", "run": nonce, "words": []}, b"\0" * 80))
        os.write(k, frame.pack({"k": "end", "run": nonce, "truncated": False, "replaced": False}))
    except OSError:
        pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
