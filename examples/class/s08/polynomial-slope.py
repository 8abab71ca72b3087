import tensorflow as tf


class Polynomial:
    def __init__(self, *coefficients):
        self.coefficients = coefficients

    def __call__(self, x):
        total = 0.0
        for c in self.coefficients:
            total = total * x + c
        return total

    def slope(self, point):
        x = tf.Variable(float(point))
        with tf.GradientTape() as tape:
            y = self(x)
        return tape.gradient(y, x)


p = Polynomial(3, 5, -3, 10)
answer = p.slope(-2).numpy()
