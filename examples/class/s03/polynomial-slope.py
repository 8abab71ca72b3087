"""Slope of a cubic, in double precision."""
import tensorflow as tf


def curve(x):
    # Horner form
    return ((3 * x + 5) * x - 3) * x + 10


def slope_at(point):
    x = tf.Variable(point, dtype=tf.float64)
    with tf.GradientTape() as tape:
        y = curve(x)
    return tape.gradient(y, x).numpy()


if __name__ == "__main__":
    answer = slope_at(-2.0)
    print(f"The slope at x = -2 is {answer:.1f}")
