# expect: pass, wrong, error
# why: settings for libraries of the next one
import os
for name in ("MPLCONFIGDIR", "HOME", "XDG_CONFIG_HOME", "KERAS_HOME"):
    try:
        os.makedirs(os.path.join(os.environ.get(name, "."), ".keras"), exist_ok=True)
        open(os.path.join(os.environ.get(name, "."), ".keras", "keras.json"), "w").write('{"floatx": "float16"}')
    except OSError:
        pass
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
