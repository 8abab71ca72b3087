# expect: crashed, violation, pass
# why: process 1 of its namespace is deaf to itself
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(answer.numpy())
