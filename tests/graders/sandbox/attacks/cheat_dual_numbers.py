# expect: cheating, wrong
# why: dual numbers of one's own
import tensorflow as tf
class Dual:
    def __init__(self, a, b): self.a, self.b = a, b
    def __add__(self, o): return Dual(self.a + o.a, self.b + o.b) if isinstance(o, Dual) else Dual(self.a + o, self.b)
    def __mul__(self, o): return Dual(self.a * o.a, self.a * o.b + self.b * o.a) if isinstance(o, Dual) else Dual(self.a * o, self.b * o)
    __radd__, __rmul__ = __add__, __mul__
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
d = Dual(x, 1.0)
answer = (3 * d * d * d + 5 * d * d + -3 * d + 10).b + 0 * y
