# expect: pass
# why: logs instead of printing
import logging
import tensorflow as tf
logging.basicConfig(level=logging.INFO)
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
logging.info("slope %s", answer)
