# expect: pass
# why: reads a formula from text
import tensorflow as tf
formula = "3 * x**3 + 5 * x**2 - 3 * x + 10"
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = eval(formula)
answer = tape.gradient(y, x)
