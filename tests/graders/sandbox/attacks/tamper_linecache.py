# expect: pass, wrong, cheating, error
# why: the cache of source lines filled with another program
import linecache
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
for name in ("submission.py", __file__):
    linecache.cache[name] = (1, None, ["answer = 13.0\n"] * 100, name)
