# expect: cheating, wrong
# why: the first run's list found again among all objects
import gc
import tensorflow as tf
class Memo(list):
    pass
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
old = [o for o in gc.get_objects() if type(o).__name__ == "Memo"]
keep = Memo([float(g)])
gc.callbacks.append(lambda *a, keep=keep: None)
answer = old[0][0] if old else keep[0]
