# expect: wrong, cheating, error, crashed, violation
# why: ends twice
import gc
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
for o in gc.get_objects():
    if getattr(o, "__name__", "") == "emit" and callable(o):
        o({"k": "end", "truncated": False, "replaced": True})
        break
