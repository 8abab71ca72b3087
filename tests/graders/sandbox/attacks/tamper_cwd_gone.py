# expect: pass, wrong, cheating, error
# why: the folder it stands in removed
import os
os.makedirs("a/b")
os.chdir("a/b")
os.rmdir("../b")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
