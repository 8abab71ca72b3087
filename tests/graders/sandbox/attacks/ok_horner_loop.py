# expect: pass
# why: another algebraic form in a loop
import tensorflow as tf
x = tf.Variable(-2.0, dtype=tf.float64)
with tf.GradientTape() as tape:
    y = tf.constant(0.0, tf.float64)
    for c in [3.0, 5.0, -3.0, 10.0]:
        y = y * x + c
answer = tape.gradient(y, x).numpy()
