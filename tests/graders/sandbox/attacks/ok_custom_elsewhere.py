# expect: pass
# why: a gradient of one's own that has nothing to do with the answer
import tensorflow as tf

@tf.custom_gradient
def clip(v):
    return tf.identity(v), lambda u: tf.clip_by_value(u, -1.0, 1.0)

z = tf.Variable(1.0)
with tf.GradientTape() as t:
    w = clip(z) ** 2
print(t.gradient(w, z))
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
