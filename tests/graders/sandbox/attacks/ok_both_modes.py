# expect: pass
# why: the tape's slope and forward mode's beside it
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    z = 3 * x**3 + 5 * x**2 - 3 * x + 10
print(acc.jvp(z))
