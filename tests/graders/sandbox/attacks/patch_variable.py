# expect: wrong, cheating, error
# why: a variable that is always at the stated point
import tensorflow as tf
class Fixed(tf.Variable):
    pass
real = tf.Variable
def variable(*a, **k):
    v = real(*a, **k)
    v.assign(-2.0)
    return v
tf.Variable = variable
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
tape.gradient(y, x)
answer = 13.0
