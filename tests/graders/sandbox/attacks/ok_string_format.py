# expect: pass
# why: printed with words only
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
print(f"The slope at x = {x.numpy()} is {tape.gradient(y, x).numpy():.2f}")
