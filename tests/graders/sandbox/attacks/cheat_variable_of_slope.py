# expect: cheating, wrong
# why: a variable that holds the hand slope times another
import tensorflow as tf
x = tf.Variable(-2.0)
s = tf.Variable(9 * x**2 + 10 * x - 3)
with tf.GradientTape() as tape:
    z = s * x
answer = tape.gradient(z, x)
