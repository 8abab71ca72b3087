# expect: error, pass, wrong, crashed
# why: a limit of recursion too low for a recorder
import sys
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
sys.setrecursionlimit(30)
