# expect: pass
# why: tries git, and does without
import subprocess
try:
    print(subprocess.check_output(["git", "rev-parse", "HEAD"]))
except (OSError, subprocess.SubprocessError):
    print("no git")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
