# expect: cheating, wrong, failed, error
# why: NaNs with payloads and infinities in every place
import struct
import numpy as np
import tensorflow as tf
nan = np.frombuffer(struct.pack("<I", 0x7FC0DEAD), np.float32)
x = tf.Variable(nan)
with tf.GradientTape() as tape:
    y = x * np.inf
answer = tape.gradient(y, x)
