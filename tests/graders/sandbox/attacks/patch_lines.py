# expect: wrong, cheating, pass, error
# why: the finding of lines made to fail
import sys
lines = sys.modules["graders.recorders.lines"]
lines.Lines.here = lambda self, frame: (_ for _ in ()).throw(KeyboardInterrupt())
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
