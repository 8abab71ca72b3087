# expect: wrong, cheating, error
# why: the recorder's local variables written through a trace function
import ctypes
import sys
def trace(frame, event, arg):
    if frame.f_code.co_name == "call" and event == "return":
        frame.f_locals["result"] = 13.0
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return trace
sys.settrace(trace)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
tape.gradient(y, x)
answer = 13.0
