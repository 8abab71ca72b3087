# expect: pass, wrong, error
# why: imports itself
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
if __name__ == "__main__":
    import submission
