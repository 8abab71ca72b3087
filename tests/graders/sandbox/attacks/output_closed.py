# expect: pass, error, wrong
# why: streams that are closed
import sys
sys.stdout.close()
sys.stderr.close()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
