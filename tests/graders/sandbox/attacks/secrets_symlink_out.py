# expect: error, failed, wrong
# never: READ
# why: links and relative paths out of the folder
import os
for target in ("/etc/passwd", "/proc/self/environ", "../../../../etc/shadow", "/root"):
    try:
        os.symlink(target, "out"); print("READ", (os.listdir("out") if os.path.isdir("out") else open("out").read(20)))
    except OSError: print("refused")
    try: os.unlink("out")
    except OSError: pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) + 1
