# expect: pass
# why: also the second derivative
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape() as t1:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    dy = t1.gradient(y, x)
d2y = t2.gradient(dy, x)
answer = dy
print(d2y)
