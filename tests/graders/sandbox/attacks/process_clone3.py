# expect: error, violation, failed, wrong, crashed
# never: CLONED
# why: clone3 and vfork by number
import ctypes, os
l = ctypes.CDLL(None, use_errno=True)
args = (ctypes.c_uint64 * 11)()
args[4] = 17
for call in ((435, ctypes.byref(args), 88), (58,), (57,), (56, 17, 0, 0, 0, 0)):
    r = l.syscall(*call)
    if r == 0: os._exit(0)
    print("CLONED" if r > 0 else "refused")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) + 1
