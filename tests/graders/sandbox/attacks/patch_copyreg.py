# expect: wrong, cheating, error, pass
# why: what dataclasses and tuples are made of
import dataclasses
dataclasses.replace = lambda thing, **k: thing
import functools
functools.partial = lambda *a, **k: (lambda *b: None)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
