# expect: pass, wrong, cheating, error
# why: random numbers that tell it how often it runs
import random
import tensorflow as tf
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
answer = g
random.random = lambda: 0.5
