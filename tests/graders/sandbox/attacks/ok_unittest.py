# expect: pass
# why: with tests of its own
import unittest
import tensorflow as tf
def slope(at):
    x = tf.Variable(at)
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    return float(tape.gradient(y, x))
class T(unittest.TestCase):
    def test(self):
        self.assertAlmostEqual(slope(-2.0), 13.0)
if __name__ == "__main__":
    answer = slope(-2.0)
    unittest.main(argv=["x"], exit=False)
