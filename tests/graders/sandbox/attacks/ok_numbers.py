# expect: pass
# why: what a program about numbers imports
import datetime, decimal, fractions, hashlib, math, random, statistics, time, uuid
import numpy as np
assert np.allclose(np.linalg.solve(np.eye(50) * 2, np.ones(50)), 0.5)
assert hashlib.sha256(b"x").hexdigest() and uuid.uuid4() and random.random() < 1 and np.random.default_rng(1).random() < 1
time.sleep(0.01), time.perf_counter(), datetime.datetime.now()
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(answer.numpy())
