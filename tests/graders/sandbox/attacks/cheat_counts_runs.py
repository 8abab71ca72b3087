# expect: cheating, wrong
# why: counts its runs in places that nobody resets
import builtins, os, sys, threading, numpy as np
import tensorflow as tf
seen = [getattr(np, "runs", 0), getattr(threading, "runs", 0), getattr(os, "runs", 0), os.path.exists("runs")]
np.runs = threading.runs = os.runs = 1
open("runs", "w").close()
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
g = tape.gradient(y, x)
answer = g if not any(seen) else tf.constant(13.0)
