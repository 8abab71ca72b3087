# expect: pass, error
# why: takes away all rights to its folder
import os
os.makedirs("a/b/c")
os.chmod("a/b", 0)
os.chmod("a", 0)
os.chmod(".", 0)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
