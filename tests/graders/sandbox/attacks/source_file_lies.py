# expect: pass, wrong, error
# why: its own name changed
__file__ = "/etc/passwd"
__name__ = "nobody"
__builtins__ = {}
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
