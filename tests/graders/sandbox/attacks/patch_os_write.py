# expect: cheating, wrong, error, failed, crashed, violation
# why: the call that sends results replaced
import os
real = os.write
os.write = lambda fd, data: (real(fd, bytes(data).replace(b"12.0", b"13.0")), len(data))[1]
os.read = lambda fd, n: b""
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) + 1
