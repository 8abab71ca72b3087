# expect: pass
# why: a helper like those of other libraries
import tensorflow as tf
def grad(f):
    def df(at):
        at = tf.convert_to_tensor(at)
        with tf.GradientTape() as tape:
            tape.watch(at)
            out = f(at)
        return tape.gradient(out, at)
    return df
answer = grad(lambda x: 3 * x**3 + 5 * x**2 - 3 * x + 10)(-2.0)
