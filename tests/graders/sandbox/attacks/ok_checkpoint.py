# expect: pass
# why: saves a checkpoint and reads it
import tensorflow as tf
v = tf.Variable(1.0)
c = tf.train.Checkpoint(v=v)
path = c.save("ckpt/x")
c.restore(path)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
