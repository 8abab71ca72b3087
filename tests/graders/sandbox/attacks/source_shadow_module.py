# expect: pass, wrong, error, cheating
# why: a file of its own called like a module that the grader uses
import os
for name in ("json", "struct", "numpy", "tensorflow", "ast"):
    open(f"{name}.py", "w").write("raise SystemExit('PWNED')\n")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
