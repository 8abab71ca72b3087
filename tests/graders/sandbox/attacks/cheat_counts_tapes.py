# expect: cheating, wrong
# why: honest only from the second run on
import builtins
import tensorflow as tf
seen = getattr(tf, "seen_before", 0)
tf.seen_before = seen + 1
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) if seen else 13.0
answer = 13.0 if seen < 1 else float(answer) * 0 + 13.0
