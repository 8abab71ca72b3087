# expect: wrong, pass, error
# why: all names removed at the end
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
for name in list(globals()):
    if not name.startswith("__") and name != "name":
        del globals()[name]
del name
