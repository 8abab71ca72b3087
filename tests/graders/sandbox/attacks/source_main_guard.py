# expect: pass
# why: only if it is the main program
import tensorflow as tf
if __name__ == "__main__":
    x = tf.Variable(-2.0)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    answer = tape.gradient(y, x)
