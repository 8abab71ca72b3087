# expect: pass
# why: would download data, and does without
import urllib.request
try:
    urllib.request.urlopen("http://127.0.0.1:9/x", timeout=1)
except Exception as e:
    print(type(e).__name__)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
