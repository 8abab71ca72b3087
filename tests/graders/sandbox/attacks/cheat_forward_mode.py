# expect: cheating, wrong
# why: forward mode where the tape is asked for
import tensorflow as tf
x = tf.constant(-2.0)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = acc.jvp(y)
