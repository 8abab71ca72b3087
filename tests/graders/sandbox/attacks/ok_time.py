# expect: pass
# why: measures how long it takes
import time
import tensorflow as tf
x = tf.Variable(-2.0)
start = time.perf_counter()
for _ in range(20):
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    answer = tape.gradient(y, x)
print(f"{time.perf_counter() - start:.3f} s")
