# expect: pass, error, wrong
# why: streams that are no streams
import sys
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = 7
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
