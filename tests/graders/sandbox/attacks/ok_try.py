# expect: pass
# why: catches what may go wrong
import tensorflow as tf
try:
    x = tf.Variable(-2.0)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    answer = tape.gradient(y, x)
except Exception as problem:
    print("failed", problem)
    raise
finally:
    print("done")
