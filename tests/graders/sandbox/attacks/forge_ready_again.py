# expect: violation, crashed, cheating, wrong
# why: the greeting of a child that is ready
import gc
import os
import sys
frame = sys.modules["graders.sandbox.frame"]
for k in range(3, 12):
    try:
        os.write(k, frame.pack({"k": "ready"}))
    except OSError:
        pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
