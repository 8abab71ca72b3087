# expect: pass, wrong, cheating, error
# why: settings of Keras that change numbers
import tensorflow as tf
try:
    tf.keras.backend.set_floatx("float16")
    tf.keras.mixed_precision.set_global_policy("mixed_float16")
except Exception:
    pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
