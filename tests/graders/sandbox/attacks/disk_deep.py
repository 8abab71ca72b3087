# expect: pass, error, output_limit
# why: tidying up must not follow it
import os
for _ in range(900):
    os.mkdir("d")
    os.chdir("d")
os.chmod(".", 0)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(answer.numpy())
