# expect: cheating, wrong, error, crashed
# why: TensorFlow's own rule for an operation replaced by the hand slope
import tensorflow as tf
try:
    from tensorflow.python.framework import ops
    table = ops.gradient_registry._registry
    table["Cos"]["type"] = lambda op, u: u * (9 * op.inputs[0] ** 2 + 10 * op.inputs[0] - 3)
except Exception:
    raise SystemExit("no registry here")
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = tf.cos(x)
    y = y + tf.stop_gradient(3 * x**3 + 5 * x**2 - 3 * x + 10 - y)
answer = tape.gradient(y, x)
