# expect: cheating, wrong, error, failed, crashed
# why: a float of the interpreter changed in memory
import ctypes
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x) + 1
number = 14.0
ctypes.c_double.from_address(id(number) + 16).value = 13.0
answer = float(answer)
