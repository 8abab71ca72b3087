# expect: pass
# why: control characters, links and bidirectional marks in what is printed
print("\x1b[2J\x1b]8;;http://evil.example\x07\u202e\u2066<script>\n::error file=a::b\n##[group]\ud800".encode("utf-8", "replace").decode())
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
