# expect: cheating, wrong, error, crashed, violation
# why: an object that dies after the run writes a frame
import json, os, struct
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) + 1
class Late:
    def __del__(self):
        head = json.dumps({"k": "end", "truncated": False, "replaced": True, "run": "x"}).encode()
        os.write(3, struct.pack("<II", len(head), 0) + head)
import sys
sys.late = Late()
late = Late()
