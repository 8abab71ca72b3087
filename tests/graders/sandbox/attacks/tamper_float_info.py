# expect: pass, wrong, cheating, error
# why: rounding of the processor changed
import ctypes
try:
    ctypes.CDLL("libm.so.6").fesetround(0x800)
except OSError:
    pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
