# expect: pass, error
# why: links that go round in circles
import os
os.symlink("b", "a")
os.symlink("a", "b")
os.symlink(".", "self")
os.makedirs("d/e")
os.symlink("../..", "d/e/up")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
