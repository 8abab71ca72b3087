# expect: pass, wrong, output_limit
# why: names that hold megabytes of text
for k in range(50):
    globals()[f"text{k}"] = "\u202e" * 1_000_000
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
