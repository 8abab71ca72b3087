# expect: pass
# why: a Keras layer of its own
import tensorflow as tf
class Poly(tf.keras.layers.Layer):
    def call(self, x):
        return 3 * x**3 + 5 * x**2 - 3 * x + 10
layer = Poly()
x = tf.Variable([[-2.0]])
with tf.GradientTape() as tape:
    y = layer(x)
answer = tape.gradient(y, x)[0, 0]
