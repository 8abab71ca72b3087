import tensorflow as tf


class Line(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(0.0, name="w")
        self.b = tf.Variable(0.0, name="b")

    def __call__(self, x):
        return self.w * x + self.b


model = Line()
xs = tf.constant([1.0, 2.0, 3.0])
ys = tf.constant([2.0, 4.0, 6.0])


@tf.function
def gradients():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(xs) - ys) ** 2)
    return tape.gradient(loss, [model.w, model.b])


dw, db = gradients()
print("dL/dw =", dw.numpy(), " dL/db =", db.numpy())
