# expect: pass, wrong, cheating, error
# why: a trace function left for the recorder
import sys
def trace(frame, event, arg):
    if "graders" in frame.f_code.co_filename:
        raise KeyboardInterrupt
    return trace
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
sys.settrace(trace)
