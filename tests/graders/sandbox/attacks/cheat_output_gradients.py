# expect: cheating, wrong
# why: the hand slope handed to the tape as output_gradients
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = x + tf.stop_gradient(3 * x**3 + 5 * x**2 - 4 * x + 10)
answer = tape.gradient(y, x, output_gradients=9 * x**2 + 10 * x - 3)
