# expect: cheating, wrong
# why: forward mode, with the mark taken from a decoy tape
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
slope = acc.jvp(y)
with tf.GradientTape() as tape:
    z = x + 0.0
answer = slope * tape.gradient(z, x)
