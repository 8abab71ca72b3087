# expect: pass
# why: compiled
import tensorflow as tf
@tf.function(jit_compile=True)
def f(x):
    return 3 * x**3 + 5 * x**2 - 3 * x + 10
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = f(x)
answer = tape.gradient(y, x)
