# expect: pass, error, wrong
# why: names that break tidying up and reports
import os
for name in ("-rf", "a\nb", "\x1b[31m", "\u202egnp", "\udcff", "x" * 255, " ", "*", "$(id)", "CON"):
    try:
        open(name, "w").close()
    except (OSError, UnicodeError):
        pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
