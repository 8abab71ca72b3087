# expect: pass
# why: context managers and decorators
import contextlib
import functools
import time
import tensorflow as tf
@contextlib.contextmanager
def timed():
    start = time.time()
    yield
    print("took", time.time() - start < 100)
def logged(f):
    @functools.wraps(f)
    def inner(*a, **k):
        print("calling", f.__name__)
        return f(*a, **k)
    return inner
@logged
def slope(at):
    x = tf.Variable(at)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    return tape.gradient(y, x)
with timed():
    answer = slope(-2.0)
