# expect: pass
# why: temporary files
import tempfile
with tempfile.NamedTemporaryFile("w+") as file:
    file.write("x")
    file.flush()
with tempfile.TemporaryDirectory() as folder:
    open(folder + "/a", "w").close()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
