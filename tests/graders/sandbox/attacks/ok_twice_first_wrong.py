# expect: pass
# why: other points first and after
import tensorflow as tf
def slope(at):
    x = tf.Variable(at)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    return tape.gradient(y, x)
print(slope(1.0))
answer = slope(-2.0)
print(slope(3.0))
