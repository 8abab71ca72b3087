# expect: pass, wrong, cheating, error
# why: nothing may be read or written any more
import os
os.umask(0o777)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
open("file", "w").close()
