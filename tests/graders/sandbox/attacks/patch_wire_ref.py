# expect: wrong, cheating, error, crashed, violation
# why: the writing of references replaced
import sys
wire = sys.modules["graders.recorders.wire"]
real = wire.put_ref
wire.put_ref = lambda writer, ref: real(writer, None)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
