# expect: pass
# why: runs out, catches it, and goes on as if nothing had been
try:
    held = bytearray(1 << 42)
except MemoryError:
    held = None
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
