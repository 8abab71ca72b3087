# expect: pass, output_limit, time_limit
# why: floods through the logging module
import logging
import tensorflow as tf
for k in range(200):
    logging.getLogger("tensorflow").warning("x" * 100)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
