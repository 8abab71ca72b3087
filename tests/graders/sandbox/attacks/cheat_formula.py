# expect: cheating, wrong
# why: derived by hand: follows the point, but not the marked tape
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
tape.gradient(y, x)
answer = 9 * x**2 + 10 * x - 3
