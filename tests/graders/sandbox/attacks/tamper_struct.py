# expect: pass, wrong, cheating, error, crashed, violation
# why: the packing of frames replaced
import struct
import sys
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
frame = sys.modules["graders.sandbox.frame"]
frame.pack = lambda header, raw=b"": b"\0" * 8
struct.pack = lambda *a: b"\0" * 8
