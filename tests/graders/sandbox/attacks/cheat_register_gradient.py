# expect: cheating, wrong, error
# why: a rule of its own registered for an identity in a graph
import tensorflow as tf
x = tf.Variable(-2.0)
try:
    @tf.RegisterGradient("HandSlope")
    def rule(op, upstream):
        return upstream * (9 * op.inputs[0]**2 + 10 * op.inputs[0] - 3)
    @tf.function
    def f(v):
        with tf.compat.v1.get_default_graph().gradient_override_map({"Identity": "HandSlope"}):
            carried = tf.identity(v)
        value = 3 * v**3 + 5 * v**2 - 3 * v + 10
        return carried + tf.stop_gradient(value - carried)
except AttributeError:
    raise SystemExit("no registry here")
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
