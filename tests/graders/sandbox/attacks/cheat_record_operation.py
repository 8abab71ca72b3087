# expect: cheating, wrong, error
# why: an operation put on the tape by hand, with its slope
import tensorflow as tf
try:
    from tensorflow.python.eager import record
except ImportError:
    raise SystemExit("no such thing here")
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    v = tf.identity(x)
    with tape.stop_recording():
        y = 3 * v**3 + 5 * v**2 - 3 * v + 10
    record.record_operation("Mine", [y], [v], lambda u: (u * (9 * v**2 + 10 * v - 3),))
answer = tape.gradient(y, x)
