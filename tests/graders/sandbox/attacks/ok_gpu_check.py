# expect: pass
# why: asks for devices
import tensorflow as tf
print(tf.__version__, tf.config.list_physical_devices("GPU"))
print("eager", tf.executing_eagerly())
for gpu in tf.config.list_physical_devices("GPU"):
    tf.config.experimental.set_memory_growth(gpu, True)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
