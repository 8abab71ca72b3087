# expect: pass, error, output_limit, crashed, wrong
# why: files that are large in name only
import os
for k in range(200):
    with open(f"s{k}", "wb") as file:
        try:
            file.truncate(15 << 20)
        except OSError:
            break
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
