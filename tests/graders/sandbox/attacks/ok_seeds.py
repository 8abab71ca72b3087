# expect: pass
# why: seeds everything
import os
import random
import numpy as np
import tensorflow as tf
os.environ["PYTHONHASHSEED"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
random.seed(0)
np.random.seed(0)
tf.random.set_seed(0)
tf.keras.utils.set_random_seed(1)
rng = np.random.default_rng(3)
print(rng.normal(), tf.random.uniform([1]))
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
