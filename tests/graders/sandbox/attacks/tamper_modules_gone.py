# expect: pass, wrong, cheating, error
# why: all modules thrown out
import sys
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
for name in list(sys.modules):
    if name not in ("sys", "builtins"):
        del sys.modules[name]
