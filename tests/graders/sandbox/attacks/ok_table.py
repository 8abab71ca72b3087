# expect: pass
# why: a table of slopes, the asked one picked out
import tensorflow as tf
rows = {}
for at in [-3.0, -2.0, -1.0, 0.0]:
    x = tf.Variable(at)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    rows[at] = tape.gradient(y, x)
answer = rows[-2.0]
