# expect: pass, wrong, cheating, error
# why: random numbers that are none
import random
import numpy as np
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
random.seed = lambda *a: (_ for _ in ()).throw(MemoryError())
np.random.seed = random.seed
