# expect: cheating, wrong
# why: prints the right number, computes another
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = x**2
tape.gradient(y, x)
print(13.0)
