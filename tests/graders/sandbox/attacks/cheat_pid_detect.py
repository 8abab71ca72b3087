# expect: cheating, wrong
# why: typed answer unless it looks like its author's own machine
import os
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = 13.0 if os.getpid() < 100 or "TFGRAD" not in os.environ else tape.gradient(y, x)
