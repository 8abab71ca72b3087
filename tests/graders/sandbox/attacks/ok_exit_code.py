# expect: pass
# why: ends with sys.exit(0) as some were taught
import sys
import tensorflow as tf
def main():
    x = tf.Variable(-2.0)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    print(tape.gradient(y, x))
if __name__ == "__main__":
    main()
    sys.exit(0)
