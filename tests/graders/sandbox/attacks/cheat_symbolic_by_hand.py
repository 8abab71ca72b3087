# expect: cheating, wrong
# why: a little symbolic differentiator of one's own
import tensorflow as tf
terms = {3: 3, 2: 5, 1: -3, 0: 10}
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = sum(c * x**n for n, c in terms.items())
tape.gradient(y, x)
answer = float(sum(n * c * float(x) ** (n - 1) for n, c in terms.items() if n))
