# expect: wrong, cheating, error, pass
# why: __build_class__ and __import__ replaced
import builtins
real = builtins.__import__
def imported(name, *a, **k):
    module = real(name, *a, **k)
    if name == "json":
        module.dumps = lambda *a, **k: "{}"
    return module
builtins.__import__ = imported
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
