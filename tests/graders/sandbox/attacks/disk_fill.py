# expect: error, output_limit, violation, crashed, wrong
i = 0
while i < 4000:
    with open(f"f{i}", "wb") as file: file.write(bytes(1 << 20))
    i += 1
import tensorflow as tf
answer = tf.constant(0.0)
