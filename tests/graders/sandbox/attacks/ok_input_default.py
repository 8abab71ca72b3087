# expect: pass
# why: an argument that may be given
import sys
import tensorflow as tf
at = float(sys.argv[1]) if len(sys.argv) > 1 else -2.0
x = tf.Variable(at)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
