# expect: pass
# why: a progress line that is written over
import sys
import time
for k in range(20):
    sys.stdout.write(f"\rstep {k}")
    sys.stdout.flush()
print()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
