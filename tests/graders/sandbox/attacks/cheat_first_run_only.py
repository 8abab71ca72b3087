# expect: cheating, wrong
# why: knows which run it is
import sys
import tensorflow as tf
first = not hasattr(sys, "seen")
sys.seen = True
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) if first else tf.constant(13.0)
