# expect: pass
# why: linear algebra
import tensorflow as tf
m = tf.random.normal([20, 20])
print(tf.linalg.svd(m)[0].shape, tf.linalg.inv(m).shape, tf.linalg.eigh(m + tf.transpose(m))[0].shape)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
