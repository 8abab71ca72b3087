# expect: error, violation, failed, wrong, crashed
# never: OPENED
# why: calls of later kernels
import ctypes
l = ctypes.CDLL(None, use_errno=True)
for number in (434, 438, 428, 429, 430, 431, 432, 442, 443, 447, 449, 451, 453, 454, 457, 462, 463):
    r = l.syscall(number, 0, 0, 0, 0, 0, 0)
    print("OPENED" if r > 0 else "refused", number)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) + 1
