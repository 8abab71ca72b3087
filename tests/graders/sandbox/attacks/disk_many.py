# expect: error, output_limit, violation, wrong
for i in range(200_000): open(f"n{i}", "w").close()
import tensorflow as tf
answer = tf.constant(0.0)
