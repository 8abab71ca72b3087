# expect: violation, crashed, cheating, wrong, error, pass
# why: a name told twice
import gc
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
for o in gc.get_objects():
    if type(o).__name__ == "Scene":
        ref = o.references.ref(13.0)
        o.log.name("answer", ref)
        o.log.name("answer", ref)
        break
