# expect: violation, crashed, cheating, wrong
# why: an answer to a question about its syntax
import os
import sys
frame = sys.modules["graders.sandbox.frame"]
for k in range(3, 12):
    try:
        os.write(k, frame.pack({"k": "tree", "more": False, "raised": None}, b"[]"))
    except OSError:
        pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
