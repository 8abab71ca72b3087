# expect: pass
# why: text that runs the other way
print("\u202e\u2066\u2067evil\u2069\u200b\ufeff\u2028\u2029\x85")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
