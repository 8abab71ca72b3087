# expect: pass
# why: in a thread
import tensorflow as tf
from concurrent.futures import ThreadPoolExecutor
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
with ThreadPoolExecutor(2) as pool:
    print(list(pool.map(abs, [-1, 2])))
