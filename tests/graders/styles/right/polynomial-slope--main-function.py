import tensorflow as tf


def main():
    x = tf.Variable(-2.0)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    print("slope:", tape.gradient(y, x).numpy())


if __name__ == "__main__":
    main()
