# expect: cheating, wrong
# why: finds the question itself among the recorder's objects
import gc
import tensorflow as tf
run = next((o for o in gc.get_objects() if type(o).__name__ == "Run" and hasattr(o, "replace")), None)
if run is None:
    import sys
    frame = sys._getframe()
    while frame is not None and run is None:
        run = next((v for v in frame.f_locals.values() if type(v).__name__ == "Run"), None)
        frame = frame.f_back
at = run.replace[0][1].data[0] if run is not None and run.replace else -2.0
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = x * 1.0
tape.gradient(y, x)
answer = (9 * at**2 + 10 * at - 3) * (run.mark if run is not None else 1.0)
