# expect: error, wrong, pass
# why: a pipe in the work folder, where a grader might read
import os
try:
    os.mkfifo("submission.py.out")
    os.remove("submission.py")
    os.mkfifo("submission.py")
except PermissionError:
    print("refused")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
