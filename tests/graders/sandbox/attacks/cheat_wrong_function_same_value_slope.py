# expect: cheating, wrong
# why: another function with the same value and slope at that point
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = x**3 + x + 22
answer = tape.gradient(y, x)
print(answer)
