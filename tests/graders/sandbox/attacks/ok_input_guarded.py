# expect: pass
# why: asks, and takes a default
import tensorflow as tf
try:
    at = float(input("x? "))
except EOFError:
    at = -2.0
x = tf.Variable(at)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
