import tensorflow as tf


class Differentiator:
    def __init__(self, function):
        self.function = function
        self.result = None

    def at(self, value):
        x = tf.Variable(value)
        with tf.GradientTape() as tape:
            y = self.function(x)
        self.result = tape.gradient(y, x)
        return self


d = Differentiator(lambda x: x**2).at(3.0)
print(d.result.numpy())
