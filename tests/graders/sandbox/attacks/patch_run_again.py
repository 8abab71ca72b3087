# expect: wrong, cheating, error, time_limit, crashed
# why: the recorder's own entry replaced for the next run
import sys
for name in ("graders.recorders.shim", "graders.recorders.tensorflow"):
    if name in sys.modules:
        sys.modules[name].run_source = lambda *a: (_ for _ in ()).throw(SystemExit(0))
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
tape.gradient(y, x)
answer = 13.0
