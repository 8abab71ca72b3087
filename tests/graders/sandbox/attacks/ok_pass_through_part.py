# expect: pass
# why: a straight-through estimator beside the point
import tensorflow as tf
round_st = tf.grad_pass_through(tf.round)
print(round_st(tf.constant(1.3)))
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
