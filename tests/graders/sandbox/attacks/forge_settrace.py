# expect: cheating, wrong, error, crashed
# why: a trace function that changes the recorder's locals
import sys, ctypes
import tensorflow as tf
def trace(frame, event, arg):
    if "graders" in frame.f_code.co_filename:
        for name in ("marked", "number", "ref"):
            if name in frame.f_locals:
                frame.f_locals[name] = 13.0
                ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return trace
sys.settrace(trace)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) + 1
