# expect: violation
# why: no exercise needs this call
import ctypes
libc = ctypes.CDLL(None)
libc.process_vm_readv(1, None, 0, None, 0, 0)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(answer.numpy())
