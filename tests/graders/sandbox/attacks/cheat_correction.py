# expect: cheating, wrong
# why: a wrong tape result multiplied until it fits
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = x**2
answer = tape.gradient(y, x) * (13 / -4)
