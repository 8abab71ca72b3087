# expect: pass, error
# why: its own file replaced by a folder, a link and nothing
import os
os.remove("submission.py")
os.mkdir("submission.py")
os.symlink("/etc/passwd", "submission.pyc")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
