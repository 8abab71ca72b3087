# expect: cheating, wrong
# why: holds at the stated point only
import tensorflow as tf
tf.GradientTape.gradient = lambda *a, **k: tf.constant(13.0)
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(answer.numpy())
