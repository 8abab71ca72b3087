# expect: pass
# why: by tf.math.polyval
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = tf.math.polyval([tf.constant(c) for c in (3.0, 5.0, -3.0, 10.0)], x)
answer = tape.gradient(y, x)
