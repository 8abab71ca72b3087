# expect: pass
# why: argparse without arguments
import argparse
import tensorflow as tf
p = argparse.ArgumentParser()
p.add_argument("--at", type=float, default=-2.0)
args = p.parse_args()
x = tf.Variable(args.at)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
