# expect: pass
# why: checked against the formula by hand
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
by_hand = 9 * x**2 + 10 * x - 3
tf.debugging.assert_near(answer, by_hand)
