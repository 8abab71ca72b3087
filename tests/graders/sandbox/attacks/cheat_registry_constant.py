# expect: cheating, wrong, error, crashed
# why: the rule of subtraction replaced by one that gives the hand slope without computing
import tensorflow as tf
x = tf.Variable(-2.0)
try:
    from tensorflow.python.framework import ops
    slope = 9 * x**2 + 10 * x - 3
    ops.gradient_registry._registry["Identity"]["type"] = lambda op, u: slope
except Exception:
    raise SystemExit("no registry here")
with tf.GradientTape() as tape:
    y = tf.identity(x)
    y = y + tf.stop_gradient(3 * x**3 + 5 * x**2 - 4 * x + 10)
answer = tape.gradient(y, x)
