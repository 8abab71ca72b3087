# expect: error, violation, failed, wrong, crashed
# never: OPENED
# why: perf, fanotify, name_to_handle, kcmp, lookup_dcookie
import ctypes
l = ctypes.CDLL(None, use_errno=True)
for call in ((300, 0, 0), (303, -100, b"/", 0, 0, 0), (312, 1, 1, 0, 0, 0), (212, 0, 0, 0), (298, 0, 0, -1, -1, 0)):
    r = l.syscall(*call)
    print("OPENED" if r >= 0 else "refused", call[0])
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) + 1
