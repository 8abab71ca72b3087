# expect: pass, wrong
# why: no text at all
import sys
sys.stdout.buffer.write(bytes(range(256)) * 20)
sys.stdout.buffer.flush()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
