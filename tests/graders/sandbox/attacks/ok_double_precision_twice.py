# expect: pass
# why: in both precisions
import tensorflow as tf
results = {}
for dtype in (tf.float32, tf.float64):
    x = tf.Variable(-2.0, dtype=dtype)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    results[dtype.name] = float(tape.gradient(y, x))
answer = results["float64"]
