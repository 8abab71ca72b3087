# expect: cheating, wrong
# why: a tape over a sum, weighted with the hand slope
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    z = tf.identity(x)
answer = tape.gradient(z, x, output_gradients=9 * x**2 + 10 * x - 3)
